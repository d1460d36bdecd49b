import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['report_draft', 'report_paragraph', 'report_paragraph_version', 'reservation'];

/** The same on each: seen by whoever holds the compartment, and by nobody whom an exclusion names. */
const secured = (name: string): string => `
ALTER TABLE casework.${name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.${name} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${name}.proceeding_id AND a.compartment = ${name}.compartment LIMIT 1));
CREATE POLICY recused ON casework.${name} AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = ${name}.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);`;

/** Texts that are composed from what a review holds, what is written into them, and reservations. */
export class ReportDrafts1700000029000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE casework.report_draft (
  id uuid CONSTRAINT report_draft_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT report_draft_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  kind text NOT NULL,
  particulars jsonb NOT NULL,
  version int NOT NULL,
  CONSTRAINT report_draft_kind_uq UNIQUE (proceeding_id, compartment, kind)
);
CREATE TABLE casework.report_paragraph (
  id uuid CONSTRAINT report_paragraph_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL
    CONSTRAINT report_paragraph_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  report_id uuid NOT NULL CONSTRAINT report_paragraph_report_fk REFERENCES casework.report_draft,
  section text NOT NULL,
  place int NOT NULL,
  version int NOT NULL
);
CREATE INDEX report_paragraph_report_ix ON casework.report_paragraph (report_id, section, place);
CREATE TABLE casework.report_paragraph_version (
  id uuid CONSTRAINT report_paragraph_version_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL
    CONSTRAINT report_paragraph_version_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  paragraph_id uuid NOT NULL
    CONSTRAINT report_paragraph_version_paragraph_fk REFERENCES casework.report_paragraph,
  n int NOT NULL,
  -- Nothing: it was taken out.
  text text,
  by_side text NOT NULL,
  written_at timestamptz NOT NULL,
  CONSTRAINT report_paragraph_version_n_uq UNIQUE (paragraph_id, n)
);
CREATE TABLE casework.reservation (
  id uuid CONSTRAINT reservation_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT reservation_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  state text NOT NULL,
  kind text NOT NULL CONSTRAINT reservation_kind_ck CHECK (kind IN ('reservation', 'statement')),
  text text NOT NULL,
  made_on date NOT NULL,
  recorded_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  version int NOT NULL
);
CREATE INDEX reservation_proceeding_ix ON casework.reservation (proceeding_id, made_on, id);
${TABLES.map(secured).join('')}
CREATE POLICY parented ON casework.report_paragraph AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.report_draft p WHERE p.id = report_paragraph.report_id
    AND p.proceeding_id = report_paragraph.proceeding_id
    AND p.compartment = report_paragraph.compartment LIMIT 1));
CREATE POLICY parented ON casework.report_paragraph_version AS RESTRICTIVE USING (true)
  WITH CHECK ((SELECT true FROM casework.report_paragraph p
    WHERE p.id = report_paragraph_version.paragraph_id
      AND p.proceeding_id = report_paragraph_version.proceeding_id
      AND p.compartment = report_paragraph_version.compartment LIMIT 1));
CREATE POLICY by_the_procedure ON casework.reservation AS RESTRICTIVE FOR INSERT
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY changed_by_the_procedure ON casework.reservation AS RESTRICTIVE FOR UPDATE
  USING (true) WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
GRANT SELECT, INSERT, UPDATE ON casework.report_draft, casework.report_paragraph,
  casework.reservation TO comity_app;
GRANT SELECT, INSERT ON casework.report_paragraph_version TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = TABLES.toReversed().map((name) => `casework.${name}`);
    await runner.query(`DROP TABLE ${tables.join(', ')}`);
  }
}
