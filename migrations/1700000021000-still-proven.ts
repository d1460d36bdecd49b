import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Comparing a password takes a while, in which it may be changed, or the account shut: what is
 * opened on the strength of it is opened only while it still holds, under the account's lock.
 */
export class StillProven1700000021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION identity.open_session(text, uuid, interval, interval);
-- Whether the account is open and has the password that was proved by this hash; held until the end.
CREATE FUNCTION identity.still_proven(who uuid, proof text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM FROM identity.account a
    WHERE a.id = who AND a.password_hash = proof AND a.disabled_at IS NULL FOR SHARE;
  RETURN FOUND;
END $$;
-- When the session ends; nothing where the proof no longer holds.
CREATE FUNCTION identity.open_session(token text, who uuid, proof text, idle interval, absolute interval)
RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE ends timestamptz;
BEGIN
  IF NOT identity.still_proven(who, proof) THEN RETURN NULL; END IF;
  INSERT INTO identity.session VALUES (token, who, now(), now(), now() + absolute)
    RETURNING least(expires_at, seen_at + idle) INTO ends;
  RETURN ends;
END $$;
REVOKE ALL ON FUNCTION identity.still_proven, identity.open_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.still_proven, identity.open_session TO comity_app;
${redeemKey('AND k.revoked_at IS NULL')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION identity.open_session(text, uuid, text, interval, interval);
DROP FUNCTION identity.still_proven;
CREATE FUNCTION identity.open_session(token text, who uuid, idle interval, absolute interval)
RETURNS timestamptz LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO identity.session VALUES (token, who, now(), now(), now() + absolute)
  RETURNING least(expires_at, seen_at + idle) $$;
REVOKE ALL ON FUNCTION identity.open_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.open_session TO comity_app;
${redeemKey('')}`);
  }
}

/** A key that is revoked while it is being looked at is no key, and no fault either. */
const redeemKey = (unless: string) => `
CREATE OR REPLACE FUNCTION identity.redeem_key(secret text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE found identity.api_key; who jsonb;
BEGIN
  SELECT k.* INTO found FROM identity.api_key k
    WHERE k.secret_hash = secret AND k.revoked_at IS NULL AND k.expires_at > now();
  who := identity.person(found.account_id);
  IF who IS NOT NULL AND coalesce(found.used_at, '-infinity') < now() - interval '1 minute' THEN
    UPDATE identity.api_key k SET used_at = date_trunc('milliseconds', now())
      WHERE k.id = found.id${unless && ` ${unless}`};
  END IF;
  RETURN who || jsonb_build_object('scopes', found.scopes);
END $$;`;
