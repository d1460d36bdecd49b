import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that were announced by their digest, before they were sent. */
export class Registration1700000030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- In the desk of who files, for good: the digest of the file as it is sent is nobody else's to know.
CREATE TABLE casework.registration (
  document_id uuid CONSTRAINT registration_pk PRIMARY KEY
    CONSTRAINT registration_document_fk REFERENCES casework.document,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL CONSTRAINT registration_desk_ck CHECK (compartment LIKE 'desk:%'),
  sha256 text NOT NULL CONSTRAINT registration_sha256_ck CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  registered_at timestamptz NOT NULL
);
ALTER TABLE casework.registration ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.registration USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = registration.proceeding_id
    AND a.compartment = registration.compartment LIMIT 1));
CREATE POLICY recused ON casework.registration AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = registration.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);
CREATE POLICY parented ON casework.registration AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.document p WHERE p.id = registration.document_id
    AND p.proceeding_id = registration.proceeding_id LIMIT 1));
CREATE POLICY withdrawn_by_the_procedure ON casework.registration AS RESTRICTIVE FOR DELETE
  USING (identity.principals() = ARRAY[proceeding_id]);
GRANT SELECT, INSERT, UPDATE, DELETE ON casework.registration TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE casework.registration');
  }
}
