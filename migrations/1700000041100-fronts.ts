import type { MigrationInterface, QueryRunner } from 'typeorm';

const FRONTS = `
ALTER TABLE identity.principal DROP CONSTRAINT principal_kind_ck;
ALTER TABLE identity.principal ADD CONSTRAINT principal_kind_ck CHECK (kind IN
  ('state', 'group', 'organization', 'secretariat', 'body', 'clock', 'communicant'));
-- The key of a front tells nothing: chance made it.
ALTER TABLE identity.principal ADD CONSTRAINT principal_communicant_ck CHECK
  ((kind = 'communicant') = (key LIKE 'communicant:%') AND (kind <> 'communicant' OR key ~
    '^communicant:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'));
-- Which organization stands behind a side that names nobody. A person stands behind one by a membership.
CREATE TABLE identity.front (
  principal_id uuid CONSTRAINT front_pk PRIMARY KEY
    CONSTRAINT front_principal_fk REFERENCES identity.principal,
  behind_id uuid NOT NULL CONSTRAINT front_behind_fk REFERENCES identity.principal
);
CREATE INDEX front_behind_ix ON identity.front (behind_id);
ALTER TABLE identity.front ENABLE ROW LEVEL SECURITY;
-- Nobody is seated on one, nor invited to it: whoever founds it stands behind it, and nobody else.
CREATE POLICY never_on_a_front ON identity.membership AS RESTRICTIVE FOR INSERT WITH CHECK
  (NOT EXISTS (SELECT FROM identity.principal p
    WHERE p.id = principal_id AND p.kind = 'communicant'));
CREATE POLICY never_to_a_front ON identity.invitation AS RESTRICTIVE FOR INSERT WITH CHECK
  (NOT EXISTS (SELECT FROM identity.principal p
    WHERE p.id = principal_id AND p.kind = 'communicant'));`;

const FOUNDING = `
-- The viewer's new side, of whom it names nobody: of an organization on which they have a seat, or of
-- themselves. It is theirs from this statement on.
CREATE FUNCTION identity.found_front(front uuid, behind text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE side uuid := gen_random_uuid(); organization uuid;
BEGIN
  SELECT p.id INTO organization FROM identity.membership m
    JOIN identity.principal p ON p.id = m.principal_id
    WHERE m.account_id = identity.viewer() AND p.key = behind AND p.kind = 'organization'
      AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now());
  IF identity.viewer() IS NULL OR (behind IS NOT NULL AND organization IS NULL) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO identity.principal VALUES (side, 'communicant:' || front, 'communicant', NULL);
  IF organization IS NULL THEN
    INSERT INTO identity.membership VALUES (gen_random_uuid(), identity.viewer(), side, 'head',
      '{prepare,submit}', NULL, identity.viewer(), date_trunc('milliseconds', now()), NULL, NULL);
  ELSE
    INSERT INTO identity.front VALUES (side, organization);
  END IF;
  PERFORM identity.enter(identity.viewer());
  RETURN side;
END $$;
REVOKE ALL ON FUNCTION identity.found_front FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.found_front TO comity_app;`;

/** @param front joins the fronts of a held principal, and names them, if there are any */
const entering = (front = { joined: '', held: '' }): string => `
CREATE OR REPLACE FUNCTION identity.enter(who uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE held uuid[]; account identity.account;
BEGIN
  SELECT * INTO account FROM identity.account a WHERE a.id = who AND a.disabled_at IS NULL;
  IF account.id IS NOT NULL THEN
    SELECT array_agg(DISTINCT k) INTO held FROM identity.membership m
      JOIN identity.principal p ON p.id = m.principal_id${front.joined}
      CROSS JOIN LATERAL unnest(ARRAY[p.id, p.within${front.held}]) k
      WHERE m.account_id = who AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())
        AND k IS NOT NULL;
  END IF;
  PERFORM set_config('comity.viewer', coalesce(account.id::text, ''), true);
  PERFORM set_config('comity.administrator',
    CASE WHEN account.administrator THEN 'on' ELSE '' END, true);
  PERFORM set_config('comity.principals', coalesce(held, '{}')::text, true);
  RETURN (SELECT c.shift_ms FROM reference.clock c);
END $$;`;

const THROUGH = {
  joined: `
      LEFT JOIN identity.front f ON f.behind_id = p.id`,
  held: ', f.principal_id',
};

const SEATS = `
-- The sides of a member of the organization are its own and its fronts, each once, with what the membership allows.
-- A front stands in one case: whoever is shut out of that has it no longer.
CREATE OR REPLACE FUNCTION identity.person(who uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
  BEGIN RETURN (SELECT jsonb_build_object('accountId', a.id, 'email', a.email, 'name', a.name,
    'administrator', a.administrator, 'sessionHash', '', 'seats', coalesce((
      SELECT jsonb_agg(seat.told ORDER BY seat.key) FROM (
        SELECT DISTINCT ON (s.key) s.key, jsonb_build_object('membershipId', m.id, 'side', s.key,
          'principalId', s.id, 'group', s.within, 'role', m.role, 'permissions',
          CASE WHEN l.names IS NULL OR 'submit' = ANY (m.permissions) THEN m.permissions
            ELSE m.permissions || '{submit}'::text[] END,
          'signsFor', coalesce(l.names, '{}')) AS told
        FROM identity.membership m
        CROSS JOIN LATERAL (SELECT p.id, p.key, g.key AS within, false AS through
          FROM identity.principal p LEFT JOIN identity.principal g ON g.id = p.within
          WHERE p.id = m.principal_id
          UNION ALL SELECT p.id, p.key, NULL, true
          FROM identity.front f JOIN identity.principal p ON p.id = f.principal_id
          WHERE f.behind_id = m.principal_id
            AND NOT EXISTS (SELECT FROM casework.participant t
              JOIN casework.exclusion x ON x.proceeding_id = t.proceeding_id
              WHERE t.principal_id = f.principal_id AND x.account_id = a.id)) s
        LEFT JOIN LATERAL (SELECT array_agg(t.by_name ORDER BY t.by_name) AS names
          FROM identity.lent_to(m.id) t) l ON true
        WHERE m.account_id = a.id AND m.revoked_at IS NULL
          AND (m.until IS NULL OR m.until > now())
        ORDER BY s.key, s.through) seat), '[]'))
  FROM identity.account a WHERE a.id = who AND a.disabled_at IS NULL); END $$;`;

const SEATS_BEFORE = `
CREATE OR REPLACE FUNCTION identity.person(who uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
  BEGIN RETURN (SELECT jsonb_build_object('accountId', a.id, 'email', a.email, 'name', a.name,
    'administrator', a.administrator, 'sessionHash', '', 'seats', coalesce((
      SELECT jsonb_agg(jsonb_build_object('membershipId', m.id, 'side', p.key,
        'principalId', p.id, 'group', g.key, 'role', m.role, 'permissions', CASE WHEN l.names IS NULL OR 'submit' = ANY (m.permissions) THEN m.permissions
          ELSE m.permissions || '{submit}'::text[] END,
        'signsFor', coalesce(l.names, '{}'))
        ORDER BY p.key)
      FROM identity.membership m JOIN identity.principal p ON p.id = m.principal_id
      LEFT JOIN identity.principal g ON g.id = p.within
      LEFT JOIN LATERAL (SELECT array_agg(t.by_name ORDER BY t.by_name) AS names
        FROM identity.lent_to(m.id) t) l ON true
      WHERE m.account_id = a.id AND m.revoked_at IS NULL
        AND (m.until IS NULL OR m.until > now())), '[]'))
  FROM identity.account a WHERE a.id = who AND a.disabled_at IS NULL); END $$;`;

/** @param named which sides whoever approves a recovery is told of */
const recovering = (named = ''): string => `
CREATE OR REPLACE FUNCTION identity.sides_to_recover(who uuid, mailed boolean) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(array_agg(p.key ORDER BY p.key), '{}') FROM identity.membership m
  JOIN identity.principal p ON p.id = m.principal_id
  WHERE m.account_id = who AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())
    AND identity.answers_for(who, mailed)${named} $$;`;

/** Whoever files against a State acts in the case as a side of its own, which names nobody. */
export class Fronts1700000041100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const known = recovering(" AND p.kind <> 'communicant'");
    for (const part of [FRONTS, FOUNDING, entering(THROUGH), SEATS, known]) {
      await runner.query(part);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${recovering()}${SEATS_BEFORE}${entering()}
DROP FUNCTION identity.found_front;
DROP POLICY never_to_a_front ON identity.invitation;
DROP POLICY never_on_a_front ON identity.membership;
DROP TABLE identity.front;
ALTER TABLE identity.principal DROP CONSTRAINT principal_communicant_ck;
ALTER TABLE identity.principal DROP CONSTRAINT principal_kind_ck;
ALTER TABLE identity.principal ADD CONSTRAINT principal_kind_ck CHECK
  (kind IN ('state', 'group', 'organization', 'secretariat', 'body', 'clock'))`);
  }
}
