import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = (...kinds: string[]): string => `ALTER TABLE record.change
  DROP CONSTRAINT change_kind_ck, ADD CONSTRAINT change_kind_ck
  CHECK (kind IN (${['proceeding', 'document', 'recommendation', ...kinds].map((kind) => `'${kind}'`).join(', ')}));`;

/** The parts that take a file of the record with them, the later ones too. */
const FILE_PARTS = (row: string): string => `ARRAY['files', 'files/' || ${row}.version,
      'files/' || ${row}.language, 'files/' || ${row}.version || '/' || ${row}.language]`;

/** The same function as before (see the migration of wordings), for items of these tables. */
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

const BEFORE = ['lot', 'speaker', 'question', 'pledge'] as const;
const OF_CASEWORK = ['document', 'recommendation', ...BEFORE];

/** What is said of implementation after a review: drafts of a side, then its words, only added to. */
export class FollowUp1700000028000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE casework.assessment (
  id uuid CONSTRAINT assessment_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT assessment_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  -- As the record names it, which everybody reads; of a rehearsal, as casework does.
  recommendation_id uuid NOT NULL,
  label text NOT NULL,
  side text NOT NULL,
  kind text NOT NULL CONSTRAINT assessment_kind_ck CHECK (kind IN ('status', 'assessment')),
  grade text NOT NULL,
  text text NOT NULL,
  evidence jsonb NOT NULL,
  as_of date NOT NULL,
  status text NOT NULL CONSTRAINT assessment_status_ck
    CHECK (status IN ('draft', 'given', 'superseded')),
  prepared_at timestamptz NOT NULL,
  given_at timestamptz,
  public_id uuid,
  version int NOT NULL,
  CONSTRAINT assessment_given_ck CHECK ((given_at IS NULL) = (status = 'draft'))
);
CREATE UNIQUE INDEX assessment_draft_uq ON casework.assessment
  (proceeding_id, recommendation_id, side) WHERE status = 'draft';
CREATE UNIQUE INDEX assessment_given_uq ON casework.assessment
  (proceeding_id, recommendation_id, side) WHERE status = 'given';
CREATE INDEX assessment_page_ix ON casework.assessment
  (proceeding_id, (coalesce(given_at, prepared_at)), id);
ALTER TABLE casework.assessment ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.assessment USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = assessment.proceeding_id
    AND a.compartment = assessment.compartment LIMIT 1));
CREATE POLICY recused ON casework.assessment AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = assessment.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);
-- A side writes its drafts, in its desk; what was given is the procedure's.
CREATE POLICY drafted ON casework.assessment AS RESTRICTIVE FOR INSERT
  WITH CHECK (status = 'draft' AND compartment = 'desk:' || side);
CREATE POLICY given_by_the_procedure ON casework.assessment AS RESTRICTIVE FOR UPDATE
  USING (status = 'draft' OR identity.principals() = ARRAY[proceeding_id])
  WITH CHECK (status = 'draft' AND compartment = 'desk:' || side
    OR identity.principals() = ARRAY[proceeding_id]);
GRANT SELECT, INSERT, UPDATE ON casework.assessment TO comity_app;

CREATE TABLE record.assessment (
  id uuid CONSTRAINT record_assessment_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL
    CONSTRAINT record_assessment_proceeding_fk REFERENCES record.proceeding,
  recommendation_id uuid NOT NULL
    CONSTRAINT record_assessment_recommendation_fk REFERENCES record.recommendation,
  side text,
  kind text NOT NULL,
  grade text NOT NULL,
  current boolean NOT NULL,
  body text NOT NULL,
  sequence bigint NOT NULL
);
CREATE INDEX record_assessment_recommendation_ix ON record.assessment (recommendation_id, id);
CREATE INDEX record_assessment_proceeding_ix ON record.assessment (proceeding_id, id);
CREATE INDEX record_assessment_side_ix ON record.assessment (side, id);
${KINDS(...BEFORE, 'assessment')}
${WITHDRAW([...OF_CASEWORK, 'assessment'])}
GRANT SELECT ON record.assessment TO comity_app, comity_worker, comity_public;
GRANT INSERT, UPDATE ON record.assessment TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DELETE FROM record.change WHERE kind = 'assessment';
${KINDS(...BEFORE)}
${WITHDRAW(OF_CASEWORK)}
DROP TABLE record.assessment, casework.assessment`);
  }
}
