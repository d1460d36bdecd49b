import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The policies that every table of casework has; here nobody writes but the procedure. */
const policies = (table: string): string => `
ALTER TABLE casework.${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.${table} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${table}.proceeding_id AND a.compartment = ${table}.compartment LIMIT 1));
CREATE POLICY recused ON casework.${table} AS RESTRICTIVE USING ((SELECT true FROM casework.exclusion x
  WHERE x.proceeding_id = ${table}.proceeding_id AND x.account_id = identity.viewer() LIMIT 1)
  IS NOT TRUE);
CREATE POLICY parented ON casework.${table} AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.recommendation p WHERE p.id = ${table}.recommendation_id
    AND p.proceeding_id = ${table}.proceeding_id LIMIT 1));
CREATE POLICY by_the_procedure ON casework.${table} AS RESTRICTIVE FOR INSERT
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY withdrawn_by_the_procedure ON casework.${table} AS RESTRICTIVE FOR DELETE
  USING (identity.principals() = ARRAY[proceeding_id]);
GRANT SELECT, INSERT, DELETE ON casework.${table} TO comity_app;`;

/** What is said of a recommendation, by machine and by people, and which earlier ones it repeats. */
export class Classification1700000014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Every act of saying something, in its order; what stands is what they come to.
CREATE TABLE casework.classification (
  id uuid CONSTRAINT classification_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT classification_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  recommendation_id uuid NOT NULL
    CONSTRAINT classification_recommendation_fk REFERENCES casework.recommendation,
  n int NOT NULL,
  by text NOT NULL CONSTRAINT classification_by_ck CHECK (by IN ('machine', 'human')),
  side text,
  at timestamptz NOT NULL,
  -- Of a proposal: by which method.
  method int,
  facets jsonb NOT NULL,
  CONSTRAINT classification_n_uq UNIQUE (recommendation_id, n),
  CONSTRAINT classification_side_ck
    CHECK ((by = 'human') = (side IS NOT NULL) AND (by = 'machine') = (method IS NOT NULL))
);
-- Every decision on whether a recommendation repeats a published one of an earlier cycle.
CREATE TABLE casework.repeat (
  id uuid CONSTRAINT repeat_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT repeat_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  recommendation_id uuid NOT NULL
    CONSTRAINT repeat_recommendation_fk REFERENCES casework.recommendation,
  n int NOT NULL,
  of_id uuid NOT NULL CONSTRAINT repeat_of_fk REFERENCES record.recommendation,
  repeats boolean NOT NULL,
  side text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT repeat_n_uq UNIQUE (recommendation_id, n)
);
-- What stands of both, where lists and the record read it.
ALTER TABLE casework.recommendation ADD COLUMN classification jsonb, ADD COLUMN repeat_of uuid[];
ALTER TABLE record.recommendation ADD COLUMN repeat_of uuid[] NOT NULL DEFAULT '{}';
ALTER TABLE record.recommendation ALTER COLUMN repeat_of DROP DEFAULT;
CREATE INDEX record_recommendation_repeat_ix ON record.recommendation USING gin (repeat_of);
${['classification', 'repeat'].map(policies).join('\n')}
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP TABLE casework.classification, casework.repeat;
ALTER TABLE casework.recommendation DROP COLUMN classification, DROP COLUMN repeat_of;
DROP INDEX record.record_recommendation_repeat_ix;
ALTER TABLE record.recommendation DROP COLUMN repeat_of`);
  }
}
