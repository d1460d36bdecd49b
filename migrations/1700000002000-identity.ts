import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, organizations, memberships and sessions; reached through functions and policies. */
export class Identity1700000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE SCHEMA identity;

CREATE TABLE identity.account (
  id uuid CONSTRAINT account_pk PRIMARY KEY,
  email text NOT NULL CONSTRAINT account_email_uq UNIQUE
    CONSTRAINT account_email_ck CHECK (email = lower(email)),
  name text NOT NULL,
  password_hash text NOT NULL,
  administrator boolean NOT NULL,
  created_at timestamptz NOT NULL,
  disabled_at timestamptz
);
CREATE INDEX account_created_ix ON identity.account (created_at, id);
CREATE TABLE identity.session (
  token_hash text CONSTRAINT session_pk PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT session_account_fk REFERENCES identity.account,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX session_account_ix ON identity.session (account_id);
CREATE INDEX session_expires_ix ON identity.session (expires_at);
CREATE TABLE identity.attempt (
  bucket text CONSTRAINT attempt_pk PRIMARY KEY,
  count int NOT NULL,
  since timestamptz NOT NULL
);
CREATE TABLE identity.principal (
  id uuid CONSTRAINT principal_pk PRIMARY KEY,
  key text NOT NULL CONSTRAINT principal_key_uq UNIQUE,
  kind text NOT NULL CONSTRAINT principal_kind_ck
    CHECK (kind IN ('state', 'group', 'organization', 'secretariat', 'body', 'clock')),
  within uuid CONSTRAINT principal_within_fk REFERENCES identity.principal
);
CREATE TABLE identity.organization (
  id uuid CONSTRAINT organization_pk PRIMARY KEY,
  principal_id uuid NOT NULL CONSTRAINT organization_principal_fk REFERENCES identity.principal,
  name text NOT NULL CONSTRAINT organization_name_uq UNIQUE,
  acronym text,
  kind text NOT NULL CONSTRAINT organization_kind_ck
    CHECK (kind IN ('ngo', 'nhri', 'academic', 'regional-body', 'coalition', 'other')),
  created_at timestamptz NOT NULL
);
CREATE INDEX organization_created_ix ON identity.organization (created_at, id);
CREATE TABLE identity.membership (
  id uuid CONSTRAINT membership_pk PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT membership_account_fk REFERENCES identity.account,
  principal_id uuid NOT NULL CONSTRAINT membership_principal_fk REFERENCES identity.principal,
  role text NOT NULL,
  permissions text[] NOT NULL,
  until timestamptz,
  granted_by uuid NOT NULL CONSTRAINT membership_granter_fk REFERENCES identity.account,
  granted_at timestamptz NOT NULL,
  revoked_by uuid CONSTRAINT membership_revoker_fk REFERENCES identity.account,
  revoked_at timestamptz
);
CREATE INDEX membership_account_ix ON identity.membership (account_id);
CREATE INDEX membership_principal_ix ON identity.membership (principal_id, granted_at, id);
CREATE UNIQUE INDEX membership_live_uq ON identity.membership (account_id, principal_id)
  WHERE revoked_at IS NULL;

CREATE FUNCTION identity.principals() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('comity.principals', true), '')::uuid[], '{}') $$;
CREATE FUNCTION identity.viewer() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('comity.viewer', true), '')::uuid $$;
CREATE FUNCTION identity.is_administrator() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT coalesce(current_setting('comity.administrator', true), '') = 'on' $$;

CREATE FUNCTION identity.is_secretariat() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT FROM identity.principal p
     WHERE p.kind = 'secretariat' AND p.id = ANY (identity.principals())) $$;

-- Makes the rest of this transaction that person's: memberships are read live.
CREATE FUNCTION identity.enter(who uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE held uuid[]; account identity.account;
BEGIN
  SELECT * INTO account FROM identity.account a WHERE a.id = who AND a.disabled_at IS NULL;
  IF account.id IS NOT NULL THEN
    SELECT array_agg(DISTINCT k) INTO held FROM identity.membership m
      JOIN identity.principal p ON p.id = m.principal_id
      CROSS JOIN LATERAL unnest(ARRAY[p.id, p.within]) k
      WHERE m.account_id = who AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())
        AND k IS NOT NULL;
  END IF;
  PERFORM set_config('comity.viewer', coalesce(account.id::text, ''), true);
  PERFORM set_config('comity.administrator',
    CASE WHEN account.administrator THEN 'on' ELSE '' END, true);
  PERFORM set_config('comity.principals', coalesce(held, '{}')::text, true);
  RETURN (SELECT c.shift_ms FROM reference.clock c);
END $$;

-- A part of the platform itself: it holds the principal of that name, if there is one, and no more.
CREATE FUNCTION identity.enter_system(name text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM set_config('comity.viewer', '', true);
  PERFORM set_config('comity.administrator', '', true);
  PERFORM set_config('comity.principals', (SELECT coalesce(array_agg(p.id), '{}')::text
    FROM identity.principal p WHERE p.kind = 'clock' AND p.key = name), true);
  RETURN (SELECT c.shift_ms FROM reference.clock c);
END $$;

CREATE FUNCTION identity.authenticate(address text)
RETURNS TABLE (id uuid, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT a.id, a.password_hash FROM identity.account a
  WHERE a.email = lower(address) AND a.disabled_at IS NULL $$;

CREATE FUNCTION identity.open_session(token text, who uuid, idle interval, absolute interval)
RETURNS timestamptz LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO identity.session VALUES (token, who, now(), now(), now() + absolute)
  RETURNING least(expires_at, seen_at + idle) $$;

-- Whose session this is, with the seats held now; being used keeps it alive (written at most
-- once a minute). NULL when there is no live session.
CREATE FUNCTION identity.redeem(token text, idle interval) RETURNS jsonb
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
END $$;

CREATE FUNCTION identity.close_session(token text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM identity.session s WHERE s.token_hash = token $$;

CREATE FUNCTION identity.close_sessions_of(who uuid, except_token text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM identity.session s WHERE s.account_id = who AND s.token_hash <> except_token $$;

-- Counts an attempt before it is made, in one statement, so that parallel guesses all count.
-- Answers the seconds to wait; 0 lets it through.
CREATE FUNCTION identity.attempt(what text, most int, span interval) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE tried identity.attempt;
BEGIN
  INSERT INTO identity.attempt AS a VALUES (what, 1, now())
  ON CONFLICT (bucket) DO UPDATE SET
    count = CASE WHEN a.since + span <= now() THEN 1 ELSE a.count + 1 END,
    since = CASE WHEN a.since + span <= now() THEN now() ELSE a.since END
  RETURNING * INTO tried;
  IF tried.count <= most THEN RETURN 0; END IF;
  RETURN greatest(1, ceil(extract(epoch FROM tried.since + span - now())))::int;
END $$;
-- It was no guess: the account begins anew, and the address, from which a whole delegation may
-- sign in, gets this one attempt back.
CREATE FUNCTION identity.forgive(account text, address text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM identity.attempt a WHERE a.bucket = account;
  UPDATE identity.attempt a SET count = a.count - 1 WHERE a.bucket = address AND a.count > 0 $$;

-- What has run out is forgotten. Answers how many rows went.
CREATE FUNCTION identity.sweep(idle interval) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH s AS (DELETE FROM identity.session WHERE expires_at <= now() OR seen_at + idle <= now()
             RETURNING 1),
       a AS (DELETE FROM identity.attempt WHERE since < now() - interval '1 day' RETURNING 1)
  SELECT ((SELECT count(*) FROM s) + (SELECT count(*) FROM a))::int $$;

CREATE FUNCTION identity.account_by_email(address text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT a.id FROM identity.account a WHERE a.email = lower(address) AND a.disabled_at IS NULL $$;
-- A membership that has run out makes room for a new one, whoever granted it.
CREATE FUNCTION identity.end_expired(who uuid, side uuid, ender uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE identity.membership m SET revoked_at = m.until, revoked_by = ender
  WHERE m.account_id = who AND m.principal_id = side AND m.revoked_at IS NULL
    AND m.until <= now() $$;
-- Whether a side has anybody who may manage it: the first is seated from outside.
CREATE FUNCTION identity.managers(side uuid) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT count(*)::int FROM identity.membership m JOIN identity.account a ON a.id = m.account_id
  WHERE m.principal_id = side AND 'manage' = ANY (m.permissions) AND m.revoked_at IS NULL
    AND (m.until IS NULL OR m.until > now()) AND a.disabled_at IS NULL $$;

-- The name under which a side files: an organization's or a State's, else its key.
CREATE FUNCTION identity.side_name(side text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce((SELECT o.name FROM identity.organization o
      WHERE 'organization:' || o.id = side),
    (SELECT n.name FROM reference.state_name n WHERE 'state:' || n.iso3 = side
      AND n.form = 'short' AND n.language = 'en' LIMIT 1), side) $$;

ALTER TABLE identity.account ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.session ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY sides ON identity.membership USING (
  account_id = identity.viewer() OR principal_id = ANY (identity.principals())
  -- Who seats a first manager sees it, as long as they may seat anybody.
  OR (granted_by = identity.viewer()
    AND (identity.is_secretariat() OR identity.is_administrator())));
CREATE POLICY granted_to_another ON identity.membership AS RESTRICTIVE FOR INSERT
  WITH CHECK (account_id <> identity.viewer() AND granted_by = identity.viewer());
CREATE POLICY seen ON identity.account FOR SELECT USING (id = identity.viewer()
  OR identity.is_administrator() OR id IN (SELECT m.account_id FROM identity.membership m));
CREATE POLICY administered ON identity.account USING (identity.is_administrator());
CREATE POLICY own ON identity.account FOR UPDATE USING (id = identity.viewer());
ALTER TABLE identity.organization ENABLE ROW LEVEL SECURITY;
CREATE POLICY known ON identity.organization USING (
  principal_id = ANY (identity.principals()) OR identity.is_secretariat());
CREATE POLICY own ON identity.session FOR SELECT USING (account_id = identity.viewer());

GRANT USAGE ON SCHEMA identity TO comity_app, comity_worker;
-- Nobody's hash is read but by the function that authenticates; a membership is ended, never
-- given to somebody else.
GRANT SELECT (id, email, name, administrator, created_at, disabled_at), INSERT,
  UPDATE (password_hash) ON identity.account TO comity_app;
GRANT SELECT, INSERT, UPDATE (revoked_by, revoked_at) ON identity.membership TO comity_app;
GRANT SELECT, INSERT ON identity.organization, identity.principal TO comity_app;
GRANT SELECT ON identity.principal TO comity_worker;
GRANT SELECT ON identity.session TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA identity CASCADE');
  }
}
