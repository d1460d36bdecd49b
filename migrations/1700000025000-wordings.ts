import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The pair that every table of casework has (see the migration of access). */
const policies = (name: string): string => `
ALTER TABLE casework.${name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.${name} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${name}.proceeding_id AND a.compartment = ${name}.compartment LIMIT 1));
CREATE POLICY recused ON casework.${name} AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = ${name}.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);`;

const TABLES = ['wording', 'wording_answer', 'circulation', 'sign_off', 'pledge'];
/** What its procedure alone writes, whoever asks for it. */
const BY_THE_PROCEDURE = ['wording', 'wording_answer', 'circulation', 'sign_off'];

/** A row that stands under another of its own proceeding: table, parent's table, the naming column. */
const PARENTED = [
  ['wording', 'recommendation', 'recommendation_id'],
  ['wording_answer', 'wording', 'wording_id'],
  ['sign_off', 'document', 'document_id'],
] as const;

const KINDS = (...kinds: string[]): string => `ALTER TABLE record.change
  DROP CONSTRAINT change_kind_ck, ADD CONSTRAINT change_kind_ck
  CHECK (kind IN (${['proceeding', 'document', 'recommendation', ...kinds].map((kind) => `'${kind}'`).join(', ')}));`;

/** The parts that take a file of the record with them, the later ones too. */
const FILE_PARTS = (row: string): string => `ARRAY['files', 'files/' || ${row}.version,
      'files/' || ${row}.language, 'files/' || ${row}.version || '/' || ${row}.language]`;

/** The same function as before (see the migration of questions), for items of these tables. */
const WITHDRAW = (tables: readonly string[]): string => `
CREATE OR REPLACE FUNCTION record.withdraw(withdrawal uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE w casework.withdrawal;
BEGIN
  SELECT * INTO w FROM casework.withdrawal x WHERE x.id = withdrawal
    AND identity.principals() = ARRAY[x.proceeding_id] AND (
      ${tables
        .map(
          (table) => `EXISTS (SELECT FROM casework.${table} i WHERE i.id = x.item_id
        AND i.public_id = x.public_id AND i.proceeding_id = x.proceeding_id)`,
        )
        .join('\n      OR ')});
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO record.withdrawal SELECT w.public_id, p.part, w.at FROM unnest(w.parts) AS p(part)
    ON CONFLICT DO NOTHING;
  UPDATE record.file f SET withdrawn_at = w.at, file_key = NULL, media_type = NULL, bytes = NULL,
      sha256 = NULL
    WHERE f.document_id = w.public_id AND f.withdrawn_at IS NULL
      AND w.parts && ${FILE_PARTS('f')};
  DELETE FROM record.text t WHERE t.document_id = w.public_id
    AND w.parts && ${FILE_PARTS('t')};
  DELETE FROM record.recommender r WHERE r.recommendation_id = w.public_id
    AND 'author' = ANY (w.parts);
  DELETE FROM record.asker a WHERE a.question_id = w.public_id AND 'author' = ANY (w.parts);
END $$;`;

const BEFORE = ['lot', 'speaker', 'question'] as const;
const OF_CASEWORK = ['document', 'recommendation', ...BEFORE];

/** How the words of a recommendation change and are split, pledges, and the way to the report. */
export class Wordings1700000025000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
ALTER TABLE casework.recommendation ADD COLUMN wording int, ADD COLUMN whole_id uuid,
  ADD COLUMN part int,
  DROP CONSTRAINT recommendation_status_ck, ADD CONSTRAINT recommendation_status_ck
    CHECK (status IN ('draft', 'submitted', 'split', 'adopted', 'lapsed', 'withdrawn'));
UPDATE casework.recommendation SET wording = 1;
ALTER TABLE casework.recommendation ALTER COLUMN wording SET NOT NULL,
  ADD CONSTRAINT recommendation_whole_fk FOREIGN KEY (whole_id, compartment)
    REFERENCES casework.recommendation (id, compartment),
  ADD CONSTRAINT recommendation_part_uq UNIQUE (whole_id, part),
  ADD CONSTRAINT recommendation_part_ck CHECK (num_nonnulls(whole_id, part) <> 1);
ALTER TABLE casework.recommender ADD COLUMN withdrawn_at timestamptz,
  DROP CONSTRAINT recommender_status_ck, ADD CONSTRAINT recommender_status_ck
    CHECK (status IN ('invited', 'confirmed', 'declined', 'withdrawn', 'lapsed'));

-- Every text that a recommendation had, or was to have; of a split, the parts.
CREATE TABLE casework.wording (
  id uuid CONSTRAINT wording_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  recommendation_id uuid NOT NULL,
  n int NOT NULL,
  kind text NOT NULL CONSTRAINT wording_kind_ck
    CHECK (kind IN ('made', 'amendment', 'delivered', 'editorial', 'corrigendum', 'split')),
  by_side text NOT NULL,
  texts text[] NOT NULL CONSTRAINT wording_texts_ck CHECK (cardinality(texts) > 0),
  reason text,
  replaces int,
  status text NOT NULL CONSTRAINT wording_status_ck
    CHECK (status IN ('open', 'adopted', 'refused', 'overtaken', 'lapsed', 'unchanged')),
  proposed_at timestamptz NOT NULL,
  settled_at timestamptz,
  decided_by text,
  decision text,
  CONSTRAINT wording_n_uq UNIQUE (recommendation_id, n),
  CONSTRAINT wording_compartment_uq UNIQUE (id, compartment),
  CONSTRAINT wording_recommendation_fk FOREIGN KEY (recommendation_id, compartment)
    REFERENCES casework.recommendation (id, compartment) ON UPDATE CASCADE,
  CONSTRAINT wording_settled_ck CHECK ((settled_at IS NULL) = (status = 'open')),
  CONSTRAINT wording_decided_ck CHECK (num_nonnulls(decided_by, decision) <> 1)
);
CREATE TABLE casework.wording_answer (
  id uuid CONSTRAINT wording_answer_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  wording_id uuid NOT NULL,
  iso3 text NOT NULL CONSTRAINT wording_answer_state_fk REFERENCES reference.state,
  accepted boolean NOT NULL,
  answered_at timestamptz NOT NULL,
  CONSTRAINT wording_answer_uq UNIQUE (wording_id, iso3),
  CONSTRAINT wording_answer_wording_fk FOREIGN KEY (wording_id, compartment)
    REFERENCES casework.wording (id, compartment) ON UPDATE CASCADE
);
INSERT INTO casework.wording (id, proceeding_id, compartment, recommendation_id, n, kind, by_side,
    texts, status, proposed_at, settled_at)
  SELECT gen_random_uuid(), r.proceeding_id, r.compartment, r.id, 1, 'made', r.side,
    ARRAY[r.text], 'adopted', r.submitted_at, r.submitted_at
  FROM casework.recommendation r WHERE r.status IN ('submitted', 'adopted');
INSERT INTO casework.wording_answer
  SELECT gen_random_uuid(), w.proceeding_id, w.compartment, w.id, s.iso3, true, s.confirmed_at
  FROM casework.wording w JOIN casework.recommender s USING (recommendation_id)
  WHERE s.status = 'confirmed';

-- The list as it was sent to all States: which wording of which recommendation.
CREATE TABLE casework.circulation (
  id uuid CONSTRAINT circulation_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT circulation_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  n int NOT NULL,
  by_side text NOT NULL,
  list jsonb NOT NULL,
  circulated_at timestamptz NOT NULL,
  CONSTRAINT circulation_n_uq UNIQUE (proceeding_id, n)
);
CREATE TABLE casework.sign_off (
  id uuid CONSTRAINT sign_off_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT sign_off_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  document_id uuid NOT NULL CONSTRAINT sign_off_document_fk REFERENCES casework.document,
  document_version int NOT NULL,
  side text NOT NULL,
  signed_at timestamptz NOT NULL,
  CONSTRAINT sign_off_uq UNIQUE (document_id, document_version, side)
);
CREATE INDEX sign_off_proceeding_ix ON casework.sign_off (proceeding_id, signed_at, id);
CREATE TABLE casework.pledge (
  id uuid CONSTRAINT pledge_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT pledge_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  side text NOT NULL,
  text text NOT NULL,
  status text NOT NULL CONSTRAINT pledge_status_ck CHECK (status IN ('draft', 'submitted')),
  created_at timestamptz NOT NULL,
  submitted_at timestamptz,
  public_id uuid,
  version int NOT NULL
);
CREATE INDEX pledge_page_ix ON casework.pledge
  (proceeding_id, (coalesce(submitted_at, created_at)), id);
${TABLES.map(policies).join('')}
${BY_THE_PROCEDURE.map(
  (name) => `
CREATE POLICY by_the_procedure ON casework.${name} AS RESTRICTIVE FOR INSERT
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY changed_by_the_procedure ON casework.${name} AS RESTRICTIVE FOR UPDATE
  USING (identity.principals() = ARRAY[proceeding_id]);`,
).join('')}
${PARENTED.map(
  ([name, parent, column]) => `
CREATE POLICY parented ON casework.${name} AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.${parent} p WHERE p.id = ${name}.${column}
    AND p.proceeding_id = ${name}.proceeding_id LIMIT 1));`,
).join('')}
-- A text that is only proposed is read by those whose text it would be, and by who proposed it. What
-- was made, heard in the room or asked of everybody (a split) lies before the parties; what was agreed
-- to does from then on.
CREATE POLICY shared ON casework.wording AS RESTRICTIVE FOR SELECT USING (
  status = 'adopted' OR kind IN ('made', 'delivered', 'split')
  OR identity.principals() = ARRAY[proceeding_id]
  OR (SELECT true FROM identity.principal q WHERE q.key = wording.by_side
    AND q.id = ANY (identity.principals()) LIMIT 1)
  OR (SELECT true FROM casework.recommender s JOIN identity.principal q ON q.key = 'state:' || s.iso3
    WHERE s.recommendation_id = wording.recommendation_id AND s.status = 'confirmed'
      AND q.id = ANY (identity.principals()) LIMIT 1));
CREATE POLICY shared ON casework.wording_answer AS RESTRICTIVE FOR SELECT USING ((
  SELECT true FROM casework.wording w WHERE w.id = wording_answer.wording_id LIMIT 1));
CREATE POLICY withdrawn_by_the_procedure ON casework.wording_answer AS RESTRICTIVE FOR DELETE
  USING (identity.principals() = ARRAY[proceeding_id]);
-- What is before the parties is changed by none of them, but through the procedure.
${['recommendation', 'recommender', 'pledge']
  .map(
    (name) => `CREATE POLICY changed_by_the_procedure ON casework.${name} AS RESTRICTIVE FOR UPDATE
  USING (compartment LIKE 'desk:%' OR identity.principals() = ARRAY[proceeding_id])
  WITH CHECK (true);`,
  )
  .join('\n')}

CREATE TABLE record.pledge (
  id uuid CONSTRAINT record_pledge_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT record_pledge_proceeding_fk REFERENCES record.proceeding,
  state text NOT NULL,
  session int NOT NULL,
  body text NOT NULL,
  sequence bigint NOT NULL
);
CREATE INDEX record_pledge_proceeding_ix ON record.pledge (proceeding_id, id);
CREATE INDEX record_pledge_state_ix ON record.pledge (state, id);
CREATE INDEX record_pledge_session_ix ON record.pledge (session, id);
${KINDS(...BEFORE, 'pledge')}
${WITHDRAW([...OF_CASEWORK, 'pledge'])}

GRANT SELECT, INSERT, UPDATE ON ${TABLES.map((name) => `casework.${name}`).join(', ')}
  TO comity_app, comity_worker;
GRANT DELETE ON casework.wording_answer TO comity_app;
GRANT SELECT ON record.pledge TO comity_app, comity_worker, comity_public;
GRANT INSERT, UPDATE ON record.pledge TO comity_app, comity_worker;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
${WITHDRAW(OF_CASEWORK)}
DELETE FROM record.change WHERE kind = 'pledge';
${KINDS(...BEFORE)}
DROP TABLE record.pledge;
DROP POLICY changed_by_the_procedure ON casework.recommendation;
DROP POLICY changed_by_the_procedure ON casework.recommender;
DROP TABLE casework.pledge, casework.sign_off, casework.circulation, casework.wording_answer,
  casework.wording;
UPDATE casework.recommendation SET status = 'lapsed' WHERE status IN ('split', 'withdrawn');
UPDATE casework.recommender SET status = 'lapsed' WHERE status = 'withdrawn';
ALTER TABLE casework.recommender DROP COLUMN withdrawn_at,
  DROP CONSTRAINT recommender_status_ck, ADD CONSTRAINT recommender_status_ck
    CHECK (status IN ('invited', 'confirmed', 'declined', 'lapsed'));
ALTER TABLE casework.recommendation DROP COLUMN part, DROP COLUMN whole_id, DROP COLUMN wording,
  DROP CONSTRAINT recommendation_status_ck, ADD CONSTRAINT recommendation_status_ck
    CHECK (status IN ('draft', 'submitted', 'adopted', 'lapsed'))`);
  }
}
