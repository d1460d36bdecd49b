import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose session this is, as it was before keys: told here once more, to be undone to. */
const REDEEM_ALONE = `
CREATE OR REPLACE FUNCTION identity.redeem(token text, idle interval) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE found identity.session; who identity.account;
BEGIN
  SELECT s.* INTO found FROM identity.session s
    WHERE s.token_hash = token AND s.expires_at > now() AND s.seen_at + idle > now();
  SELECT a.* INTO who FROM identity.account a
    WHERE a.id = found.account_id AND a.disabled_at IS NULL;
  IF who.id IS NULL THEN RETURN NULL; END IF;
  IF found.seen_at < now() - interval '1 minute' THEN
    UPDATE identity.session s SET seen_at = now() WHERE s.token_hash = token;
  END IF;
  RETURN jsonb_build_object('accountId', who.id, 'email', who.email, 'name', who.name,
    'administrator', who.administrator, 'sessionHash', token, 'seats', coalesce((
      SELECT jsonb_agg(jsonb_build_object('membershipId', m.id, 'side', p.key,
        'principalId', p.id, 'group', g.key, 'role', m.role, 'permissions', m.permissions)
        ORDER BY p.key)
      FROM identity.membership m JOIN identity.principal p ON p.id = m.principal_id
      LEFT JOIN identity.principal g ON g.id = p.within
      WHERE m.account_id = who.id AND m.revoked_at IS NULL
        AND (m.until IS NULL OR m.until > now())), '[]'));
END $$;`;

/** Keys of programs; and whoever bears a token, with the seats held at this moment. */
export class Keys1700000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE identity.api_key (
  id uuid CONSTRAINT api_key_pk PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT api_key_account_fk REFERENCES identity.account,
  name text NOT NULL,
  prefix text NOT NULL,
  secret_hash text NOT NULL CONSTRAINT api_key_secret_uq UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX api_key_account_ix ON identity.api_key (account_id, created_at, id);
ALTER TABLE identity.api_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.api_key USING (account_id = identity.viewer());

-- The person, as they are now; nobody when the account is disabled.
CREATE FUNCTION identity.person(who uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT jsonb_build_object('accountId', a.id, 'email', a.email, 'name', a.name,
    'administrator', a.administrator, 'sessionHash', '', 'seats', coalesce((
      SELECT jsonb_agg(jsonb_build_object('membershipId', m.id, 'side', p.key,
        'principalId', p.id, 'group', g.key, 'role', m.role, 'permissions', m.permissions)
        ORDER BY p.key)
      FROM identity.membership m JOIN identity.principal p ON p.id = m.principal_id
      LEFT JOIN identity.principal g ON g.id = p.within
      WHERE m.account_id = a.id AND m.revoked_at IS NULL
        AND (m.until IS NULL OR m.until > now())), '[]'))
  FROM identity.account a WHERE a.id = who AND a.disabled_at IS NULL $$;

CREATE OR REPLACE FUNCTION identity.redeem(token text, idle interval) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE found identity.session; who jsonb;
BEGIN
  SELECT s.* INTO found FROM identity.session s
    WHERE s.token_hash = token AND s.expires_at > now() AND s.seen_at + idle > now();
  who := identity.person(found.account_id);
  IF who IS NOT NULL AND found.seen_at < now() - interval '1 minute' THEN
    UPDATE identity.session s SET seen_at = now() WHERE s.token_hash = token;
  END IF;
  RETURN who || jsonb_build_object('sessionHash', token);
END $$;

-- Whose key this is, and what it may do; its use is noted at most once a minute.
CREATE FUNCTION identity.redeem_key(secret text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE found identity.api_key; who jsonb;
BEGIN
  SELECT k.* INTO found FROM identity.api_key k
    WHERE k.secret_hash = secret AND k.revoked_at IS NULL AND k.expires_at > now();
  who := identity.person(found.account_id);
  IF who IS NOT NULL AND coalesce(found.used_at, '-infinity') < now() - interval '1 minute' THEN
    UPDATE identity.api_key k SET used_at = date_trunc('milliseconds', now())
      WHERE k.id = found.id;
  END IF;
  RETURN who || jsonb_build_object('scopes', found.scopes);
END $$;

REVOKE ALL ON FUNCTION identity.person, identity.redeem_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.redeem_key TO comity_app;
-- No hash is read but by the function that redeems; nothing is changed but that it ends.
GRANT SELECT (id, account_id, name, prefix, scopes, created_at, expires_at, used_at, revoked_at),
  INSERT, UPDATE (revoked_at) ON identity.api_key TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${REDEEM_ALONE}
DROP FUNCTION identity.redeem_key, identity.person;
DROP TABLE identity.api_key`);
  }
}
