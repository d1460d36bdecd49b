import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = (...kinds: string[]): string => `ALTER TABLE record.change
  DROP CONSTRAINT change_kind_ck, ADD CONSTRAINT change_kind_ck
  CHECK (kind IN (${['proceeding', 'document', 'recommendation', ...kinds].map((kind) => `'${kind}'`).join(', ')}));`;

/** The parts that take a file of the record with them, the later ones too. */
const FILE_PARTS = (row: string): string => `ARRAY['files', 'files/' || ${row}.version,
      'files/' || ${row}.language, 'files/' || ${row}.version || '/' || ${row}.language]`;

/** A withdrawal in the record, of an item of one of these tables of casework. */
const WITHDRAW = (tables: readonly string[], also = ''): string => `
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
    AND 'author' = ANY (w.parts);${also}
END $$;`;

const ASKERS = `
  DELETE FROM record.asker a WHERE a.question_id = w.public_id AND 'author' = ANY (w.parts);`;

/** Questions that States ask in advance, their clusters, and how they were answered. */
export class Questions1700000024100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE casework.question (
  id uuid CONSTRAINT question_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT question_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  -- Those filed together have one filing, in which each has its number.
  filing_id uuid NOT NULL,
  n int NOT NULL,
  side text NOT NULL,
  filed_by text NOT NULL,
  -- In whose name they are asked as well: a group of States.
  group_name text,
  text text NOT NULL,
  filed_at timestamptz NOT NULL,
  -- The principal of the State under review, until the question is relayed to it.
  withheld_from uuid,
  -- Those of the States that ask it, or are invited to: until then they alone see it, and the
  -- committee.
  asked_by uuid[],
  relayed_at timestamptz,
  cluster text,
  relayed_n int,
  answered_in text CONSTRAINT question_answered_ck
    CHECK (answered_in IN ('report', 'dialogue', 'writing')),
  answer text,
  answered_at timestamptz,
  public_id uuid,
  version int NOT NULL,
  CONSTRAINT question_n_uq UNIQUE (filing_id, n),
  CONSTRAINT question_compartment_uq UNIQUE (id, compartment),
  CONSTRAINT question_relayed_ck CHECK (num_nonnulls(withheld_from, relayed_at) = 1
    AND num_nonnulls(asked_by, relayed_at) = 1
    AND (relayed_at IS NULL) = (relayed_n IS NULL)),
  CONSTRAINT question_answer_ck CHECK ((answered_in IS NULL) = (answered_at IS NULL)
    AND (answer IS NULL OR answered_in IS NOT NULL))
);
CREATE INDEX question_page_ix ON casework.question (proceeding_id, relayed_n, filed_at, id);
CREATE INDEX question_filing_ix ON casework.question (filing_id, n);
CREATE TABLE casework.asker (
  id uuid CONSTRAINT asker_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  question_id uuid NOT NULL,
  iso3 text NOT NULL CONSTRAINT asker_state_fk REFERENCES reference.state,
  status text NOT NULL CONSTRAINT asker_status_ck
    CHECK (status IN ('invited', 'confirmed', 'declined', 'lapsed')),
  confirmed_at timestamptz,
  CONSTRAINT asker_uq UNIQUE (question_id, iso3),
  CONSTRAINT asker_question_fk FOREIGN KEY (question_id, compartment)
    REFERENCES casework.question (id, compartment) ON UPDATE CASCADE
);
-- How the troika groups the questions: titles, and the questions of each, in order.
CREATE TABLE casework.clustering (
  proceeding_id uuid CONSTRAINT clustering_pk PRIMARY KEY
    CONSTRAINT clustering_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  clusters jsonb NOT NULL,
  proposed_by text NOT NULL,
  at timestamptz NOT NULL,
  version int NOT NULL
);
${['question', 'asker', 'clustering']
  .map(
    (name) => `
ALTER TABLE casework.${name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.${name} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${name}.proceeding_id AND a.compartment = ${name}.compartment LIMIT 1));
CREATE POLICY recused ON casework.${name} AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = ${name}.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);`,
  )
  .join('')}
-- The States see what others ask when it is relayed, and so does the one that is asked; until then
-- whoever asks sees it, and the committee, which groups the questions.
CREATE POLICY unrelayed ON casework.question AS RESTRICTIVE
  USING (relayed_at IS NOT NULL OR (
    (withheld_from = ANY (identity.principals())) IS NOT TRUE AND (
      asked_by && identity.principals()
      OR (SELECT true FROM casework.access a WHERE a.proceeding_id = question.proceeding_id
        AND a.compartment = 'committee' LIMIT 1))));
CREATE POLICY unrelayed ON casework.asker AS RESTRICTIVE USING ((
  SELECT true FROM casework.question q WHERE q.id = asker.question_id
    AND q.proceeding_id = asker.proceeding_id LIMIT 1));
CREATE POLICY withdrawn_by_the_procedure ON casework.asker AS RESTRICTIVE FOR DELETE
  USING (identity.principals() = ARRAY[proceeding_id]);

CREATE TABLE record.question (
  id uuid CONSTRAINT record_question_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL
    CONSTRAINT record_question_proceeding_fk REFERENCES record.proceeding,
  state text NOT NULL,
  session int NOT NULL,
  n int NOT NULL,
  body text NOT NULL,
  sequence bigint NOT NULL
);
CREATE INDEX record_question_proceeding_ix ON record.question (proceeding_id, session, n, id);
CREATE INDEX record_question_state_ix ON record.question (state, session, n, id);
CREATE INDEX record_question_session_ix ON record.question (session, n, id);
CREATE TABLE record.asker (
  question_id uuid NOT NULL CONSTRAINT record_asker_fk REFERENCES record.question,
  iso3 text NOT NULL,
  CONSTRAINT record_asker_pk PRIMARY KEY (iso3, question_id)
);
${KINDS('lot', 'speaker', 'question')}
${WITHDRAW(['document', 'recommendation', 'lot', 'speaker', 'question'], ASKERS)}

GRANT SELECT, INSERT, UPDATE ON casework.question, casework.asker, casework.clustering
  TO comity_app;
GRANT DELETE ON casework.asker TO comity_app;
GRANT SELECT ON record.question, record.asker TO comity_app, comity_worker, comity_public;
GRANT INSERT, UPDATE ON record.question TO comity_app;
GRANT INSERT ON record.asker TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DELETE FROM record.change WHERE kind IN ('speaker', 'question');
${KINDS('lot')}
${WITHDRAW(['document', 'recommendation', 'lot'])}
DROP TABLE record.asker, record.question, casework.clustering, casework.asker, casework.question`);
  }
}
