import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the Council decided about States that did not cooperate: written once, by the procedure. */
export class Cooperation1700000022100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE casework.cooperation_decision (
  id uuid CONSTRAINT cooperation_decision_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL
    CONSTRAINT cooperation_decision_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  finding text NOT NULL CONSTRAINT cooperation_decision_finding_ck
    CHECK (finding IN ('persistent', 'not-persistent')),
  reasons text NOT NULL,
  citation text NOT NULL,
  measures text,
  decided_on date NOT NULL,
  by_role text NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX cooperation_decision_proceeding_ix
  ON casework.cooperation_decision (proceeding_id, recorded_at, id);
ALTER TABLE casework.cooperation_decision ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.cooperation_decision USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = cooperation_decision.proceeding_id
    AND a.compartment = cooperation_decision.compartment LIMIT 1));
CREATE POLICY recused ON casework.cooperation_decision AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = cooperation_decision.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);
CREATE POLICY by_the_procedure ON casework.cooperation_decision AS RESTRICTIVE FOR INSERT
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
GRANT SELECT, INSERT ON casework.cooperation_decision TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE casework.cooperation_decision');
  }
}
