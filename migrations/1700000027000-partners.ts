import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The pair that every table of casework and journal has (see the migration of access). */
const policies = (name: string): string => `
ALTER TABLE casework.${name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.${name} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${name}.proceeding_id AND a.compartment = ${name}.compartment LIMIT 1));
CREATE POLICY recused ON casework.${name} AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = ${name}.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);
CREATE POLICY by_the_procedure ON casework.${name} AS RESTRICTIVE FOR INSERT
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY ended_by_the_procedure ON casework.${name} AS RESTRICTIVE FOR DELETE
  USING (identity.principals() = ARRAY[proceeding_id]);`;

const unsent = (more: string): string => `
CREATE POLICY unsent ON casework.document_version AS RESTRICTIVE USING (status <> 'draft' OR (
  SELECT true FROM casework.access a WHERE a.proceeding_id = document_version.proceeding_id
    AND a.compartment = 'desk:' || document_version.by_side LIMIT 1)${more});`;

/** Partners of joint submissions, and who shares the compartment that one lies in. */
export class Partners1700000027000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Who is in on what: each in its own desk, so that nobody learns of the others.
CREATE TABLE casework.circle (
  proceeding_id uuid NOT NULL CONSTRAINT circle_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL CONSTRAINT circle_desk_ck CHECK (compartment LIKE 'desk:%'),
  circle text NOT NULL CONSTRAINT circle_name_ck CHECK (circle LIKE 'joint:%'),
  principal_id uuid NOT NULL CONSTRAINT circle_principal_fk REFERENCES identity.principal,
  CONSTRAINT circle_pk PRIMARY KEY (proceeding_id, circle, principal_id)
);
-- The same row in the desk of who files and in the partner's own; where the document lies, once
-- it was handed in, of those alone who are named.
CREATE TABLE casework.partner (
  id uuid NOT NULL,
  compartment text NOT NULL,
  proceeding_id uuid NOT NULL CONSTRAINT partner_proceeding_fk REFERENCES casework.proceeding,
  document_id uuid NOT NULL CONSTRAINT partner_document_fk REFERENCES casework.document,
  side text NOT NULL,
  status text NOT NULL CONSTRAINT partner_status_ck
    CHECK (status IN ('asked', 'accepted', 'declined', 'lapsed', 'left', 'removed')),
  sealed boolean NOT NULL,
  -- The deadline until which it may accept.
  accepted_until text NOT NULL,
  asked_at timestamptz NOT NULL,
  answered_at timestamptz,
  accepted_sha256 text,
  edits int NOT NULL,
  CONSTRAINT partner_pk PRIMARY KEY (id, compartment),
  CONSTRAINT partner_side_uq UNIQUE (document_id, side, compartment),
  CONSTRAINT partner_place_ck CHECK (compartment LIKE 'desk:%' OR
    (compartment = 'joint:' || document_id AND status = 'accepted' AND NOT sealed)),
  CONSTRAINT partner_accepted_ck CHECK (status <> 'accepted' OR accepted_sha256 IS NOT NULL)
);
CREATE INDEX partner_asked_ix ON casework.partner (proceeding_id, document_id)
  WHERE status = 'asked';
${['circle', 'partner'].map(policies).join('\n')}
CREATE POLICY parented ON casework.partner AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.document p WHERE p.id = partner.document_id
    AND p.proceeding_id = partner.proceeding_id LIMIT 1));
CREATE POLICY changed_by_the_procedure ON casework.partner AS RESTRICTIVE FOR UPDATE
  USING (identity.principals() = ARRAY[proceeding_id]);
GRANT SELECT, INSERT, DELETE ON casework.circle TO comity_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON casework.partner TO comity_app;
-- The clock has partners fall away.
GRANT SELECT, DELETE ON casework.circle TO comity_worker;
GRANT SELECT, UPDATE ON casework.partner TO comity_worker;

-- The first text of a joint submission is before all who are in on it; a corrigendum is not.
DROP POLICY unsent ON casework.document_version;
${unsent(`
  OR (n = 1 AND compartment = 'joint:' || document_id)`)}

-- Which document the clock comes to next, some partner of which has not answered in time.
CREATE FUNCTION casework.next_unanswered(before timestamptz, grace interval, without uuid[])
RETURNS TABLE (id uuid, proceeding_id uuid, key text, due timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT p.document_id, p.proceeding_id, 'joint-acceptance', d.due FROM casework.partner p
    CROSS JOIN LATERAL (SELECT max(e.due) AS due FROM casework.deadline e
      WHERE e.proceeding_id = p.proceeding_id AND e.key = p.accepted_until
        AND e.status <> 'cancelled') d
  WHERE p.status = 'asked' AND d.due + grace <= before AND p.proceeding_id <> ALL (without)
    AND EXISTS (SELECT FROM identity.principal c
      WHERE c.kind = 'clock' AND identity.principals() = ARRAY[c.id])
  ORDER BY d.due, p.document_id LIMIT 1 $$;
REVOKE ALL ON FUNCTION casework.next_unanswered FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.next_unanswered TO comity_app, comity_worker;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION casework.next_unanswered;
DROP POLICY unsent ON casework.document_version;
${unsent('')}
DROP TABLE casework.partner, casework.circle`);
  }
}
