import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Before whom a document comes, and from when: only where somebody has asked. */
export class Embargo1700000008500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE casework.publication (
  document_id uuid CONSTRAINT publication_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  audience text NOT NULL CONSTRAINT publication_audience_ck
    CHECK (audience IN ('public', 'parties')),
  until timestamptz,
  reason text,
  first_asked_at timestamptz,
  warned_at timestamptz,
  ended_at timestamptz,
  CONSTRAINT publication_document_fk FOREIGN KEY (document_id, compartment)
    REFERENCES casework.document (id, compartment) ON UPDATE CASCADE
);
CREATE INDEX publication_until_ix ON casework.publication (until, document_id)
  WHERE ended_at IS NULL;
ALTER TABLE casework.publication ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.publication USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = publication.proceeding_id
    AND a.compartment = publication.compartment LIMIT 1));
CREATE POLICY recused ON casework.publication AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = publication.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);
CREATE POLICY parented ON casework.publication AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.document p WHERE p.id = publication.document_id
    AND p.proceeding_id = publication.proceeding_id LIMIT 1));

-- What the clock has to do next about embargoes, and where: all that it may know of them.
CREATE FUNCTION casework.next_embargo(before timestamptz, warning interval, grace interval,
  without uuid[]) RETURNS TABLE (id uuid, proceeding_id uuid, key text, due timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT p.document_id, p.proceeding_id, e.key, e.due FROM casework.publication p
    CROSS JOIN LATERAL (VALUES
      ('embargo-warning', CASE WHEN p.warned_at IS NULL THEN p.until - warning END),
      ('embargo-end', p.until + grace)) AS e (key, due)
  WHERE p.ended_at IS NULL AND e.due <= before AND p.proceeding_id <> ALL (without)
    AND EXISTS (SELECT FROM identity.principal c
      WHERE c.kind = 'clock' AND identity.principals() = ARRAY[c.id])
  ORDER BY e.due, p.document_id LIMIT 1 $$;
REVOKE ALL ON FUNCTION casework.next_embargo FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.next_embargo TO comity_app, comity_worker;
GRANT SELECT, INSERT, UPDATE ON casework.publication TO comity_app, comity_worker;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION casework.next_embargo; DROP TABLE casework.publication');
  }
}
