import type { MigrationInterface, QueryRunner } from 'typeorm';

const GRANTED = (name: string): string => `
ALTER TABLE casework.${name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.${name} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${name}.proceeding_id AND a.compartment = ${name}.compartment LIMIT 1));
CREATE POLICY recused ON casework.${name} AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = ${name}.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);`;

const REFERENCE = `
-- Who seats the first of a body: the secretariats of the procedures that name it.
ALTER TABLE reference.body ADD COLUMN secretariats text[] NOT NULL DEFAULT '{}',
  -- Its members sit in personal capacity: each is entered with a term.
  ADD COLUMN personal boolean NOT NULL DEFAULT false;
ALTER TABLE reference.body ALTER COLUMN secretariats DROP DEFAULT, ALTER COLUMN personal DROP DEFAULT;
CREATE TABLE reference.body_member (
  id uuid CONSTRAINT body_member_pk PRIMARY KEY,
  body_key text NOT NULL CONSTRAINT body_member_body_fk REFERENCES reference.body,
  name text NOT NULL,
  nationalities text[] NOT NULL
    CONSTRAINT body_member_nationalities_ck CHECK (cardinality(nationalities) > 0),
  seat text NOT NULL CONSTRAINT body_member_seat_ck CHECK (seat IN ('member', 'chair')),
  basis text NOT NULL,
  valid_from date NOT NULL,
  valid_until date,
  CONSTRAINT body_member_term_ck CHECK (valid_until > valid_from)
);
CREATE INDEX body_member_page_ix ON reference.body_member (body_key, valid_from, id);
-- That a term ended before its time: added, never changed.
CREATE TABLE reference.body_member_end (
  member_id uuid CONSTRAINT body_member_end_pk PRIMARY KEY
    CONSTRAINT body_member_end_member_fk REFERENCES reference.body_member,
  ended_on date NOT NULL,
  reason text NOT NULL,
  entered_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON reference.body_member, reference.body_member_end TO comity_app;
GRANT SELECT ON reference.body_member, reference.body_member_end TO comity_worker, comity_public;
`;

const IDENTITY = `
ALTER TABLE identity.principal DROP CONSTRAINT principal_kind_ck;
ALTER TABLE identity.principal ADD CONSTRAINT principal_kind_ck CHECK (kind IN
  ('state', 'group', 'organization', 'secretariat', 'body', 'clock', 'communicant', 'member'));
ALTER TABLE identity.principal ADD CONSTRAINT principal_member_ck
  CHECK ((kind = 'member') = (key LIKE 'member:%'));
-- A member is one person for good: nobody else is seated there.
CREATE POLICY never_as_a_member ON identity.membership AS RESTRICTIVE FOR INSERT WITH CHECK
  (NOT EXISTS (SELECT FROM identity.principal p WHERE p.id = principal_id AND p.kind = 'member'));
CREATE POLICY never_as_a_member ON identity.invitation AS RESTRICTIVE FOR INSERT WITH CHECK
  (NOT EXISTS (SELECT FROM identity.principal p WHERE p.id = principal_id AND p.kind = 'member'));

-- Whether the viewer manages a secretariat whose procedure names the body.
CREATE FUNCTION identity.keeps_body(body text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM identity.membership m
    JOIN identity.principal p ON p.id = m.principal_id
    JOIN reference.body b ON b.key = body AND p.key = ANY (b.secretariats)
    WHERE m.account_id = identity.viewer() AND 'manage' = ANY (m.permissions)
      AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())) $$;
-- Makes a person one who takes part in cases as this member, until an instant.
CREATE FUNCTION identity.found_member(member uuid, who uuid, ends timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE side uuid := gen_random_uuid();
BEGIN
  IF who = identity.viewer() OR NOT EXISTS (SELECT FROM reference.body_member b
      WHERE b.id = member AND identity.keeps_body(b.body_key)) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO identity.principal VALUES (side, 'member:' || member, 'member', NULL);
  INSERT INTO identity.membership VALUES (gen_random_uuid(), who, side, 'member',
    '{prepare,submit}', ends, identity.viewer(), date_trunc('milliseconds', now()), NULL, NULL);
END $$;
-- Ends what a member's term gave: the seat on the body, and the part in cases.
CREATE FUNCTION identity.end_term(member uuid, ends timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE moment timestamptz := date_trunc('milliseconds', now());
BEGIN
  IF NOT EXISTS (SELECT FROM reference.body_member b
      WHERE b.id = member AND identity.keeps_body(b.body_key)) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE identity.membership m SET until = least(m.until, ends),
    revoked_at = CASE WHEN ends <= moment THEN moment END,
    revoked_by = CASE WHEN ends <= moment THEN identity.viewer() END
  FROM reference.body_member b
  JOIN identity.principal own ON own.key = 'member:' || b.id
  JOIN identity.membership person ON person.principal_id = own.id
  JOIN identity.principal side ON side.key IN ('body:' || b.body_key, own.key)
  WHERE b.id = member AND m.principal_id = side.id AND m.account_id = person.account_id
    AND m.revoked_at IS NULL;
END $$;
REVOKE ALL ON FUNCTION identity.keeps_body, identity.found_member, identity.end_term FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.found_member, identity.end_term TO comity_app;
`;

const CASEWORK = `
CREATE TABLE casework.conflict (
  id uuid CONSTRAINT conflict_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT conflict_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  member_id uuid NOT NULL CONSTRAINT conflict_member_fk REFERENCES reference.body_member,
  -- Who says so: the role, and the side if it is not the member.
  raised_by text NOT NULL,
  raised_side text,
  ground text NOT NULL CONSTRAINT conflict_ground_ck CHECK
    (ground IN ('nationality', 'employment', 'financial', 'involvement', 'family', 'other')),
  text text NOT NULL,
  steps_aside boolean NOT NULL,
  declared_at timestamptz NOT NULL,
  status text NOT NULL CONSTRAINT conflict_status_ck CHECK (status IN ('open', 'recused', 'kept')),
  decided_by text,
  decided_at timestamptz,
  reason text,
  version int NOT NULL,
  CONSTRAINT conflict_decided_ck CHECK ((status = 'open') = (decided_at IS NULL)
    AND (decided_at IS NULL) = (decided_by IS NULL))
);
CREATE INDEX conflict_page_ix ON casework.conflict (proceeding_id, declared_at, id);
-- What a member has downloaded: noted once for each text.
CREATE TABLE casework.reading (
  id uuid CONSTRAINT reading_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT reading_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  account_id uuid NOT NULL CONSTRAINT reading_account_fk REFERENCES identity.account,
  member_id uuid CONSTRAINT reading_member_fk REFERENCES reference.body_member,
  document_id uuid NOT NULL CONSTRAINT reading_document_fk REFERENCES casework.document,
  kind text NOT NULL,
  n int NOT NULL,
  language text NOT NULL,
  which text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT reading_uq UNIQUE (proceeding_id, account_id, document_id, n, language, which)
);
${['conflict', 'reading'].map(GRANTED).join('')}
CREATE POLICY by_the_procedure ON casework.conflict AS RESTRICTIVE FOR INSERT WITH CHECK (
  identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY changed_by_the_procedure ON casework.conflict AS RESTRICTIVE FOR UPDATE USING (
  identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY parented ON casework.reading AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.document d WHERE d.id = document_id LIMIT 1));
CREATE POLICY read_by_oneself ON casework.reading AS RESTRICTIVE FOR INSERT WITH CHECK (
  account_id = identity.viewer());
GRANT SELECT, INSERT, UPDATE ON casework.conflict TO comity_app;
GRANT SELECT, INSERT ON casework.reading TO comity_app;

-- What a person has said of themselves, and what came of it: theirs for good, and nothing else of the
-- case. No row says which case it is but by what the person knew.
CREATE TABLE identity.recusal (
  id uuid CONSTRAINT recusal_pk PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT recusal_account_fk REFERENCES identity.account,
  mechanism text NOT NULL,
  number text,
  ground text NOT NULL,
  text text,
  declared_at timestamptz NOT NULL,
  decided_at timestamptz,
  recused boolean NOT NULL,
  reason text,
  readings jsonb NOT NULL,
  destroyed_at timestamptz
);
CREATE INDEX recusal_page_ix ON identity.recusal (account_id, declared_at, id);
ALTER TABLE identity.recusal ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.recusal FOR SELECT USING (account_id = identity.viewer());
CREATE POLICY conducted ON identity.recusal FOR SELECT USING ((SELECT true
  FROM casework.conflict c WHERE c.id = recusal.id LIMIT 1));
CREATE POLICY destroyed ON identity.recusal FOR UPDATE
  USING (account_id = identity.viewer() AND recused AND destroyed_at IS NULL)
  WITH CHECK (account_id = identity.viewer());
GRANT SELECT, UPDATE (destroyed_at) ON identity.recusal TO comity_app;

-- The person who is a member. As the procedure of a case.
CREATE FUNCTION casework.person_of(proceeding uuid, member uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT m.account_id FROM identity.membership m JOIN identity.principal p ON p.id = m.principal_id
  WHERE p.key = 'member:' || member AND identity.principals() = ARRAY[proceeding] $$;
-- Shuts a person out of a case, through whatever they hold, with the next statement. As the procedure.
CREATE FUNCTION casework.exclude(proceeding uuid, who uuid, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF identity.principals() IS DISTINCT FROM ARRAY[proceeding] THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO casework.exclusion VALUES (who, proceeding, date_trunc('milliseconds', now()), reason)
    ON CONFLICT DO NOTHING;
END $$;
-- The members, of any term, who have been shut out of a case. As the procedure.
CREATE FUNCTION casework.recused_members(proceeding uuid) RETURNS TABLE (id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT replace(p.key, 'member:', '')::uuid FROM casework.exclusion x
  JOIN identity.membership m ON m.account_id = x.account_id
  JOIN identity.principal p ON p.id = m.principal_id AND p.kind = 'member'
  WHERE x.proceeding_id = proceeding AND identity.principals() = ARRAY[proceeding] $$;
-- Keeps for the person concerned what was said of them and what came of it. As the procedure.
CREATE FUNCTION identity.keep_declaration(declared uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO identity.recusal AS r SELECT c.id, w.who, p.mechanism, p.case_number, c.ground,
    CASE WHEN c.raised_side IS NULL THEN c.text END, c.declared_at, c.decided_at,
    c.status = 'recused', c.reason, CASE WHEN c.status = 'recused' THEN (SELECT
      coalesce(jsonb_agg(jsonb_build_object('documentId', d.document_id, 'kind', d.kind,
        'version', d.n, 'language', d.language, 'which', d.which, 'at', d.at)
        ORDER BY d.at, d.id), '[]')
      FROM casework.reading d WHERE d.proceeding_id = c.proceeding_id AND d.account_id = w.who)
    ELSE '[]' END, NULL
  FROM casework.conflict c JOIN casework.proceeding p ON p.id = c.proceeding_id
  CROSS JOIN LATERAL (SELECT casework.person_of(c.proceeding_id, c.member_id) AS who) w
  WHERE c.id = declared AND identity.principals() = ARRAY[c.proceeding_id]
  ON CONFLICT (id) DO UPDATE SET decided_at = excluded.decided_at, recused = excluded.recused,
    reason = excluded.reason, readings = excluded.readings $$;
REVOKE ALL ON FUNCTION casework.person_of, casework.exclude, casework.recused_members,
  identity.keep_declaration FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.person_of, casework.exclude, casework.recused_members,
  identity.keep_declaration TO comity_app;
`;

/**
 * Members of bodies who sit in personal capacity, their conflicts of interest, and recusal: of one
 * person from one case, on every path.
 */
export class Committees1700000041300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REFERENCE + IDENTITY + CASEWORK);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION identity.keep_declaration, casework.recused_members, casework.exclude,
  casework.person_of, identity.end_term, identity.found_member, identity.keeps_body;
DROP TABLE identity.recusal, casework.reading, casework.conflict,
  reference.body_member_end, reference.body_member;
ALTER TABLE reference.body DROP COLUMN secretariats, DROP COLUMN personal;
DROP POLICY never_as_a_member ON identity.invitation;
DROP POLICY never_as_a_member ON identity.membership;
DELETE FROM casework.participant t USING identity.principal p
  WHERE p.id = t.principal_id AND p.kind = 'member';
DELETE FROM identity.membership m USING identity.principal p
  WHERE p.id = m.principal_id AND p.kind = 'member';
DELETE FROM identity.principal WHERE kind = 'member';
ALTER TABLE identity.principal DROP CONSTRAINT principal_member_ck;
ALTER TABLE identity.principal DROP CONSTRAINT principal_kind_ck;
ALTER TABLE identity.principal ADD CONSTRAINT principal_kind_ck CHECK (kind IN
  ('state', 'group', 'organization', 'secretariat', 'body', 'clock', 'communicant'));
`);
  }
}
