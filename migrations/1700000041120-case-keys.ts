import type { MigrationInterface, QueryRunner } from 'typeorm';

const NAMELESS = `
ALTER TABLE identity.account ALTER email DROP NOT NULL, ALTER name DROP NOT NULL,
  ALTER password_hash DROP NOT NULL;
-- Who bears a case key has none of the three, signs in by nothing else, and runs nothing.
ALTER TABLE identity.account ADD CONSTRAINT account_nameless_ck CHECK (
  (email IS NULL) = (name IS NULL) AND (email IS NULL) = (password_hash IS NULL)
  AND NOT (email IS NULL AND administrator));
CREATE TABLE identity.case_key (
  account_id uuid CONSTRAINT case_key_pk PRIMARY KEY
    CONSTRAINT case_key_account_fk REFERENCES identity.account,
  secret_hash text NOT NULL CONSTRAINT case_key_secret_uq UNIQUE,
  -- Of one that takes its place as soon as it is used: an answer that was lost locks nobody out.
  next_hash text CONSTRAINT case_key_next_uq UNIQUE,
  made_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX case_key_made_ix ON identity.case_key (made_at);
ALTER TABLE identity.case_key ENABLE ROW LEVEL SECURITY;`;

/** @param named of whom others may know at all */
const seeing = (named: string): string => `
DROP POLICY administered ON identity.account;
DROP POLICY seen ON identity.account;
CREATE POLICY administered ON identity.account USING (identity.is_administrator()${named});
CREATE POLICY seen ON identity.account FOR SELECT USING (id = identity.viewer()
  OR ((identity.is_administrator() OR id IN (SELECT m.account_id FROM identity.membership m))${named}));`;

const BEARING = `
CREATE FUNCTION identity.make_case_key(who uuid, secret text) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE moment timestamptz := date_trunc('milliseconds', now());
BEGIN
  INSERT INTO identity.account VALUES (who, NULL, NULL, NULL, false, moment, NULL, NULL);
  INSERT INTO identity.case_key VALUES (who, secret, NULL, moment, NULL);
  RETURN moment;
END $$;
-- Keeps another for the place of a key that is good at this moment; NULL where it is not.
CREATE FUNCTION identity.renew_case_key(secret text, fresh text) RETURNS timestamptz
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE identity.case_key k SET next_hash = fresh
  FROM identity.account a WHERE k.secret_hash = secret
    AND a.id = k.account_id AND a.disabled_at IS NULL
  RETURNING date_trunc('milliseconds', now()) $$;
-- Who bears this key; its use is noted at most once a minute.
CREATE FUNCTION identity.redeem_case_key(secret text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE found identity.case_key; who jsonb;
BEGIN
  UPDATE identity.case_key k SET secret_hash = k.next_hash, next_hash = NULL,
      made_at = date_trunc('milliseconds', now()), used_at = NULL
    WHERE k.next_hash = secret;
  SELECT k.* INTO found FROM identity.case_key k
    WHERE k.secret_hash = secret;
  who := identity.person(found.account_id);
  IF who IS NOT NULL AND coalesce(found.used_at, '-infinity') < now() - interval '1 minute' THEN
    UPDATE identity.case_key k SET used_at = date_trunc('milliseconds', now())
      WHERE k.secret_hash = secret;
  END IF;
  RETURN who;
END $$;
-- Keys by which nobody took part in anything are forgotten, with who bore them; unless something that
-- was done by one still names its bearer.
CREATE FUNCTION identity.forget_case_keys() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE unused uuid; gone int := 0;
BEGIN
  FOR unused IN SELECT k.account_id FROM identity.case_key k
      WHERE k.made_at < now() - interval '30 days' AND NOT EXISTS
        (SELECT FROM identity.membership m WHERE m.account_id = k.account_id) LOOP
    BEGIN
      DELETE FROM identity.case_key k WHERE k.account_id = unused;
      DELETE FROM identity.account a WHERE a.id = unused;
      gone := gone + 1;
    EXCEPTION WHEN foreign_key_violation THEN NULL;
    END;
  END LOOP;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION identity.make_case_key, identity.renew_case_key, identity.redeem_case_key,
  identity.forget_case_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.make_case_key, identity.renew_case_key, identity.redeem_case_key
  TO comity_app;
GRANT EXECUTE ON FUNCTION identity.forget_case_keys TO comity_worker;`;

/** @param keys those whose keys are good, beside sessions and keys of programs */
const asking = (keys = ''): string => `
CREATE OR REPLACE FUNCTION identity.still_good(tokens text[], idle interval) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(g.hash), '[]') FROM (
    SELECT s.token_hash AS hash, s.account_id FROM identity.session s
      WHERE s.token_hash = ANY (tokens) AND s.expires_at > now() AND s.seen_at + idle > now()
    UNION ALL SELECT k.secret_hash, k.account_id FROM identity.api_key k
      WHERE k.secret_hash = ANY (tokens) AND k.revoked_at IS NULL AND k.expires_at > now()${keys}) g
  JOIN identity.account a ON a.id = g.account_id AND a.disabled_at IS NULL $$;`;

const CASE_KEYS = `
    UNION ALL SELECT k.secret_hash, k.account_id FROM identity.case_key k
      WHERE k.secret_hash = ANY (tokens)`;

/** @param mailed of whom mail can be planned at all */
const wishing = (mailed = ''): string => `
CREATE OR REPLACE FUNCTION identity.manners(accounts uuid[])
RETURNS TABLE (account_id uuid, language text, mail text, zone text, quiet_from text,
  quiet_to text, quiet_days smallint[], digest text, digest_at text, digest_on smallint,
  muted text[], version int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT a.id, a.language, m.mail, m.zone, m.quiet_from, m.quiet_to, m.quiet_days, m.digest,
    m.digest_at, m.digest_on, m.muted, m.version
  FROM identity.account a LEFT JOIN identity.manner m ON m.account_id = a.id
  WHERE a.id = ANY (accounts)${mailed} $$;`;

/** People without an account bear a key, which stands for somebody without a name. */
export class CaseKeys1700000041120 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [known, mailed] = [' AND email IS NOT NULL', ' AND a.email IS NOT NULL'];
    const parts = [NAMELESS, seeing(known), BEARING, asking(CASE_KEYS), wishing(mailed)];
    for (const part of parts) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${wishing()}${asking()}
DROP FUNCTION identity.forget_case_keys, identity.redeem_case_key, identity.renew_case_key,
  identity.make_case_key;
${seeing('')}
DROP TABLE identity.case_key;
ALTER TABLE identity.account DROP CONSTRAINT account_nameless_ck;
ALTER TABLE identity.account ALTER email SET NOT NULL, ALTER name SET NOT NULL,
  ALTER password_hash SET NOT NULL`);
  }
}
