import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Questions, and how they are grouped, before they are relayed: hidden from the State that is asked,
 * whatever else a person is; and so from who helps it.
 */
const unrelayed = (more: string): string => `
DROP POLICY unrelayed ON casework.question;
CREATE POLICY unrelayed ON casework.question AS RESTRICTIVE USING (relayed_at IS NOT NULL OR
  ((withheld_from = ANY (identity.principals())) IS NOT TRUE${more.replaceAll('TABLE', 'question')}
  AND (asked_by && identity.principals() OR (SELECT true FROM casework.access a
    WHERE a.proceeding_id = question.proceeding_id AND a.compartment = 'committee' LIMIT 1))));
DROP POLICY unrelayed ON casework.clustering;
CREATE POLICY unrelayed ON casework.clustering AS RESTRICTIVE USING (withheld_from IS NULL OR
  ((withheld_from = ANY (identity.principals())) IS NOT TRUE${more.replaceAll('TABLE', 'clustering')}));`;

const HELPING = `
  AND (SELECT true FROM casework.assistant h WHERE h.proceeding_id = TABLE.proceeding_id
    AND h.status = 'accepted' AND h.principal_id = ANY (identity.principals()) LIMIT 1) IS NOT TRUE`;

/** Organizations that a side has named to help it prepare in one proceeding. */
export class Assistants1700000036200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- In the tray of the side that is helped: before that side and its secretariat; and before whoever
-- was named.
CREATE TABLE casework.assistant (
  id uuid CONSTRAINT assistant_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT assistant_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL CONSTRAINT assistant_tray_ck CHECK (compartment = 'filed:' || side),
  side text NOT NULL,
  principal_id uuid NOT NULL CONSTRAINT assistant_principal_fk REFERENCES identity.principal,
  status text NOT NULL CONSTRAINT assistant_status_ck
    CHECK (status IN ('named', 'accepted', 'declined', 'ended')),
  named_at timestamptz NOT NULL,
  accepted_at timestamptz,
  ended_at timestamptz,
  version int NOT NULL,
  CONSTRAINT assistant_accepted_ck CHECK ((accepted_at IS NOT NULL) OR status <> 'accepted')
);
CREATE UNIQUE INDEX assistant_open_uq ON casework.assistant (proceeding_id, side, principal_id)
  WHERE status IN ('named', 'accepted');
CREATE INDEX assistant_proceeding_ix ON casework.assistant (proceeding_id, named_at, id);
ALTER TABLE casework.assistant ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.assistant USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = assistant.proceeding_id AND a.compartment = assistant.compartment
  LIMIT 1));
CREATE POLICY own ON casework.assistant FOR SELECT
  USING (principal_id = ANY (identity.principals()));
CREATE POLICY recused ON casework.assistant AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = assistant.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);
CREATE POLICY by_the_procedure ON casework.assistant AS RESTRICTIVE FOR INSERT
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY changed_by_the_procedure ON casework.assistant AS RESTRICTIVE FOR UPDATE
  USING (identity.principals() = ARRAY[proceeding_id]);
GRANT SELECT, INSERT, UPDATE ON casework.assistant TO comity_app;
-- The clock derives access anew when it moves a proceeding.
GRANT SELECT ON casework.assistant TO comity_worker;
-- Who is in the directory is not for everybody to know: of regional bodies whoever has their id.
CREATE FUNCTION identity.regional_body(organization uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT o.principal_id FROM identity.organization o
  WHERE o.id = organization AND o.kind = 'regional-body' $$;
REVOKE ALL ON FUNCTION identity.regional_body FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.regional_body TO comity_app;
${unrelayed(HELPING)}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${unrelayed('')}
DROP FUNCTION identity.regional_body;
DROP TABLE casework.assistant`);
  }
}
