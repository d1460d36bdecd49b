import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
-- Secret addresses under which calendar programs, which prove nothing, read as their owner.
CREATE TABLE identity.calendar_feed (
  id uuid CONSTRAINT calendar_feed_pk PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT calendar_feed_account_fk REFERENCES identity.account,
  name text NOT NULL,
  secret_hash text NOT NULL CONSTRAINT calendar_feed_secret_uq UNIQUE,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX calendar_feed_account_ix ON identity.calendar_feed (account_id, created_at, id);
CREATE TRIGGER ended BEFORE UPDATE ON identity.calendar_feed
  FOR EACH ROW WHEN (OLD.revoked_at IS NOT NULL) EXECUTE FUNCTION identity.stay_ended();
ALTER TABLE identity.calendar_feed ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.calendar_feed USING (account_id = identity.viewer());
-- No hash is read but by the function that redeems; nothing is changed but that it ends.
GRANT SELECT (id, account_id, name, created_at, revoked_at), INSERT, UPDATE (revoked_at)
  ON identity.calendar_feed TO comity_app;

-- Whose feed this is, and the language in which they read; nobody when the account is disabled.
CREATE FUNCTION identity.redeem_feed(secret text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT identity.person(a.id) || jsonb_build_object('language', coalesce(a.language, 'en'))
  FROM identity.calendar_feed f JOIN identity.account a ON a.id = f.account_id
  WHERE f.secret_hash = secret AND f.revoked_at IS NULL $$;
REVOKE ALL ON FUNCTION identity.redeem_feed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.redeem_feed TO comity_app;

-- Deadlines of proceedings, the cancelled ones too.
CREATE INDEX deadline_proceeding_ix ON casework.deadline (proceeding_id, due, key);`;

/** Feeds end wherever keys do: with the password, where that is asked for, and with the account. */
export const ending = (withKeys: string, withAccount: string): string => `
CREATE OR REPLACE FUNCTION identity.end_access(who uuid, kept text, keys_too boolean)
RETURNS TABLE (sessions int, keys int)
LANGUAGE sql SET search_path = '' AS $$
  WITH s AS (DELETE FROM identity.session s
      WHERE s.account_id = who AND s.token_hash IS DISTINCT FROM kept RETURNING 1),${withKeys}
    k AS (UPDATE identity.api_key k SET revoked_at = date_trunc('milliseconds', now())
      WHERE keys_too AND k.account_id = who AND k.revoked_at IS NULL
      RETURNING k.expires_at > now() AS live)
  SELECT (SELECT count(*)::int FROM s), (SELECT count(*)::int FROM k WHERE k.live) $$;
CREATE OR REPLACE FUNCTION identity.set_disabled(who uuid, shut boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(4014);
  IF who = identity.viewer() OR NOT EXISTS (SELECT FROM identity.account a
      WHERE a.id = identity.viewer() AND a.administrator AND a.disabled_at IS NULL) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE identity.account a SET disabled_at =
    CASE WHEN shut THEN coalesce(a.disabled_at, date_trunc('milliseconds', now())) END
  WHERE a.id = who;
  IF shut THEN
    DELETE FROM identity.session s WHERE s.account_id = who;
    DELETE FROM identity.password_reset r WHERE r.account_id = who;
    UPDATE identity.api_key k SET revoked_at = date_trunc('milliseconds', now())
      WHERE k.account_id = who AND k.revoked_at IS NULL;${withAccount}
    UPDATE identity.recovery v SET status = 'void'
      WHERE v.account_id = who AND v.status IN ('waiting', 'approved');
  END IF;
END $$;`;

export const FEEDS_WITH_KEYS = `
    f AS (UPDATE identity.calendar_feed f SET revoked_at = date_trunc('milliseconds', now())
      WHERE keys_too AND f.account_id = who AND f.revoked_at IS NULL),`;
export const FEEDS_WITH_ACCOUNT = `
    UPDATE identity.calendar_feed f SET revoked_at = date_trunc('milliseconds', now())
      WHERE f.account_id = who AND f.revoked_at IS NULL;`;

/** Calendars that people subscribe to. */
export class CalendarFeeds1700000037000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE + ending(FEEDS_WITH_KEYS, FEEDS_WITH_ACCOUNT));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${ending('', '')}
DROP INDEX casework.deadline_proceeding_ix;
DROP FUNCTION identity.redeem_feed;
DROP TABLE identity.calendar_feed`);
  }
}
