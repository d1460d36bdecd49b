import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same on each: seen by whoever holds the compartment, and by nobody whom an exclusion names. */
const secured = (name: string): string => `
ALTER TABLE casework.${name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.${name} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${name}.proceeding_id AND a.compartment = ${name}.compartment LIMIT 1));
CREATE POLICY recused ON casework.${name} AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = ${name}.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);`;

/** Handed in by the procedure alone, which is why a draft's rows lie in a desk. */
const prepared = (name: string): string => `
CREATE POLICY handed_in_by_the_procedure ON casework.${name} AS RESTRICTIVE FOR INSERT WITH CHECK (
  compartment LIKE 'desk:%' OR identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY prepared ON casework.${name} AS RESTRICTIVE FOR DELETE USING (
  compartment LIKE 'desk:%');`;

/**
 * Proceedings that somebody files: what set them off, their numbers, and the form by which they are
 * filed, with the names of those who file it; and the tests of whether they are admitted.
 */
export class Communications1700000041200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
ALTER TABLE casework.proceeding ADD COLUMN trigger text, ADD COLUMN case_number text;
CREATE UNIQUE INDEX proceeding_case_number_uq ON casework.proceeding (mechanism, case_number)
  WHERE case_number IS NOT NULL AND NOT test;

-- How far each series has been given out. Nobody reads it: it counts what one may not see.
CREATE TABLE identity.number_series (
  series text CONSTRAINT number_series_pk PRIMARY KEY,
  last int NOT NULL
);
ALTER TABLE identity.number_series ENABLE ROW LEVEL SECURITY;
-- The next of a series, for a proceeding that has no number yet. As its procedure.
CREATE FUNCTION casework.next_number(proceeding uuid, called text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE given int;
BEGIN
  IF identity.principals() IS DISTINCT FROM ARRAY[proceeding] OR NOT EXISTS (
      SELECT FROM casework.proceeding p WHERE p.id = proceeding AND p.case_number IS NULL) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO identity.number_series AS s VALUES (called, 1)
    ON CONFLICT (series) DO UPDATE SET last = s.last + 1 RETURNING s.last INTO given;
  RETURN given;
END $$;

CREATE TABLE casework.intake (
  id uuid CONSTRAINT intake_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT intake_proceeding_fk REFERENCES casework.proceeding
    CONSTRAINT intake_proceeding_uq UNIQUE,
  compartment text NOT NULL CONSTRAINT intake_desk_ck CHECK (compartment LIKE 'desk:%'),
  naming text NOT NULL CONSTRAINT intake_naming_ck
    CHECK (naming IN ('sealed', 'committee', 'parties', 'public')),
  version int NOT NULL
);
CREATE TABLE casework.intake_paragraph (
  id uuid CONSTRAINT intake_paragraph_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL
    CONSTRAINT intake_paragraph_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  field text NOT NULL,
  place int NOT NULL,
  -- Nothing where what stands here was given in confidence, and this is for others.
  text text,
  in_confidence boolean NOT NULL,
  ground text CONSTRAINT intake_paragraph_ground_known_ck CHECK (ground IN
    ('given-in-confidence', 'penalization', 'persecution', 'harassment', 'privacy')),
  -- What is feared; nothing where the text is nothing.
  explanation text,
  CONSTRAINT intake_paragraph_ground_ck CHECK (in_confidence = (ground IS NOT NULL)),
  CONSTRAINT intake_paragraph_text_ck CHECK (in_confidence OR text IS NOT NULL),
  CONSTRAINT intake_paragraph_explanation_ck CHECK (explanation IS NULL OR
    (in_confidence AND text IS NOT NULL)),
  CONSTRAINT intake_paragraph_uq UNIQUE (proceeding_id, compartment, field, place)
);
CREATE TABLE casework.communicant (
  id uuid CONSTRAINT communicant_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT communicant_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  -- The same wherever it stands for the same.
  place int NOT NULL,
  kind text NOT NULL CONSTRAINT communicant_kind_ck
    CHECK (kind IN ('person', 'organization', 'group')),
  -- Nothing where it is kept from whoever reads here.
  name text,
  contact text,
  CONSTRAINT communicant_uq UNIQUE (proceeding_id, compartment, place)
);
-- What was answered to each test of admissibility: an answer is followed by another, never changed.
CREATE TABLE casework.test_answer (
  id uuid CONSTRAINT test_answer_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT test_answer_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL CONSTRAINT test_answer_compartment_ck
    CHECK (compartment IN ('committee', 'parties')),
  test text NOT NULL,
  n int NOT NULL,
  answer text NOT NULL CONSTRAINT test_answer_answer_ck
    CHECK (answer IN ('pass', 'fail', 'undetermined')),
  reasons text NOT NULL,
  by_role text NOT NULL,
  answered_at timestamptz NOT NULL,
  CONSTRAINT test_answer_n_uq UNIQUE (proceeding_id, compartment, n)
);
${['intake', 'intake_paragraph', 'communicant', 'test_answer'].map(secured).join('')}
CREATE POLICY shared_by_the_procedure ON casework.test_answer AS RESTRICTIVE FOR INSERT WITH CHECK (
  compartment = 'committee' OR identity.principals() = ARRAY[proceeding_id]);
GRANT SELECT, INSERT ON casework.test_answer TO comity_app;
${['intake_paragraph', 'communicant'].map(prepared).join('')}
GRANT SELECT, INSERT, UPDATE ON casework.intake TO comity_app;
GRANT SELECT, INSERT, DELETE ON casework.intake_paragraph, casework.communicant TO comity_app;

-- Names under seal: no role has rights to it. Whoever reads the desk in which the form is prepared
-- knows its names, and nobody else without a release.
CREATE TABLE casework.sealed_name (
  communicant_id uuid CONSTRAINT sealed_name_pk PRIMARY KEY
    CONSTRAINT sealed_name_communicant_fk REFERENCES casework.communicant ON DELETE CASCADE,
  proceeding_id uuid NOT NULL
    CONSTRAINT sealed_name_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL CONSTRAINT sealed_name_identity_ck CHECK (compartment = 'identity'),
  key_id text NOT NULL,
  seal jsonb NOT NULL,
  content bytea NOT NULL
);
${secured('sealed_name')}
-- Whether the viewer prepares the form in whose desk this communicant stands.
CREATE FUNCTION casework.names_own(communicant uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM casework.communicant c
    JOIN casework.access a ON a.proceeding_id = c.proceeding_id AND a.compartment = c.compartment
    WHERE c.id = communicant AND c.compartment LIKE 'desk:%'
      AND a.principal_id = ANY (identity.principals()) AND a.because <> 'procedure'
      AND NOT EXISTS (SELECT FROM casework.exclusion x WHERE x.proceeding_id = c.proceeding_id
        AND x.account_id = identity.viewer())) $$;
CREATE FUNCTION casework.keep_name(communicant uuid, seal jsonb, content bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF NOT casework.names_own(communicant) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO casework.sealed_name SELECT c.id, c.proceeding_id, 'identity', seal->>'keyId', seal,
    content FROM casework.communicant c WHERE c.id = communicant;
END $$;
CREATE FUNCTION casework.own_names(proceeding uuid)
RETURNS TABLE (communicant_id uuid, seal jsonb, content bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT n.communicant_id, n.seal, n.content FROM casework.sealed_name n
  WHERE n.proceeding_id = proceeding AND casework.names_own(n.communicant_id) $$;
CREATE OR REPLACE FUNCTION casework.sealing_keys() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT o.key_id FROM casework.sealed_original o
  UNION SELECT s.key_id FROM casework.sealed_seed s
  UNION SELECT w.key_id FROM identity.webhook_secret w
  UNION SELECT n.key_id FROM casework.sealed_name n $$;
REVOKE ALL ON FUNCTION casework.next_number, casework.names_own, casework.keep_name,
  casework.own_names FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.next_number, casework.names_own, casework.keep_name,
  casework.own_names TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE OR REPLACE FUNCTION casework.sealing_keys() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT o.key_id FROM casework.sealed_original o
  UNION SELECT s.key_id FROM casework.sealed_seed s
  UNION SELECT w.key_id FROM identity.webhook_secret w $$;
DROP FUNCTION casework.own_names, casework.keep_name, casework.names_own, casework.next_number;
DROP TABLE casework.test_answer, casework.sealed_name, casework.communicant, casework.intake_paragraph, casework.intake,
  identity.number_series;
ALTER TABLE casework.proceeding DROP COLUMN trigger, DROP COLUMN case_number;
`);
  }
}
