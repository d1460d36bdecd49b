import type { MigrationInterface, QueryRunner } from 'typeorm';

const fileKnown = (more: string): string => `
CREATE OR REPLACE FUNCTION casework.file_known(key text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM casework.document_text t WHERE t.file_key = key)
      OR EXISTS (SELECT FROM casework.document_original o WHERE o.file_key = key)
      OR EXISTS (SELECT FROM record.file f WHERE f.file_key = key)${more} $$;`;

const policies = (name: string, parent: string): string => `
ALTER TABLE casework.${name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.${name} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${name}.proceeding_id AND a.compartment = ${name}.compartment LIMIT 1));
CREATE POLICY recused ON casework.${name} AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = ${name}.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);
CREATE POLICY own ON casework.${name} AS RESTRICTIVE USING (account_id = identity.viewer());
CREATE POLICY parented ON casework.${name} AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.${parent} p WHERE p.id = ${name}.${parent}_id
    AND p.proceeding_id = ${name}.proceeding_id LIMIT 1));`;

/** Files that come in pieces, over lines that break. */
export class Uploads1700000032000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- In the desk of who files, and there for the account alone that began it, while it may read the desk.
-- What has come is less than the whole until the file was taken: its last byte comes with that.
CREATE TABLE casework.upload (
  id uuid CONSTRAINT upload_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL CONSTRAINT upload_desk_ck CHECK (compartment LIKE 'desk:%'),
  document_id uuid NOT NULL CONSTRAINT upload_document_fk REFERENCES casework.document,
  account_id uuid NOT NULL CONSTRAINT upload_account_fk REFERENCES identity.account,
  language text NOT NULL,
  standing text NOT NULL,
  -- The version of the document that it changes.
  if_match int NOT NULL,
  media_type text NOT NULL,
  metadata text,
  length int NOT NULL CONSTRAINT upload_length_ck CHECK (length > 0),
  received int NOT NULL,
  parts int NOT NULL,
  status text NOT NULL CONSTRAINT upload_status_ck CHECK (status IN ('open', 'taken', 'ended')),
  -- By the clock on the wall, as tokens do.
  expires_at timestamptz NOT NULL,
  CONSTRAINT upload_received_ck CHECK (received BETWEEN 0 AND length
    AND (status <> 'open' OR received < length) AND (status <> 'taken' OR received = length))
);
CREATE INDEX upload_account_ix ON casework.upload (account_id);
CREATE INDEX upload_document_ix ON casework.upload (document_id);
CREATE INDEX upload_expires_ix ON casework.upload (expires_at);
CREATE TABLE casework.upload_part (
  upload_id uuid NOT NULL
    CONSTRAINT upload_part_upload_fk REFERENCES casework.upload ON DELETE CASCADE,
  starts int NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  account_id uuid NOT NULL,
  bytes int NOT NULL CONSTRAINT upload_part_bytes_ck CHECK (bytes > 0),
  file_key text NOT NULL,
  CONSTRAINT upload_part_pk PRIMARY KEY (upload_id, starts)
);
CREATE INDEX upload_part_file_ix ON casework.upload_part (file_key);
${policies('upload', 'document')}
${policies('upload_part', 'upload')}
GRANT SELECT, INSERT, UPDATE ON casework.upload TO comity_app;
GRANT SELECT, INSERT ON casework.upload_part TO comity_app;

-- What has run out is forgotten; its files are nobody's then, and swept.
CREATE FUNCTION casework.forget_uploads() RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH gone AS (DELETE FROM casework.upload WHERE expires_at < now() RETURNING 1)
  SELECT count(*)::int FROM gone $$;
-- Of a file that is withdrawn nothing stays staged, whoever was about to send it again.
CREATE FUNCTION casework.drop_uploads(document uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO casework.file_in_doubt SELECT p.file_key, 'epoch' FROM casework.upload_part p
    JOIN casework.upload u ON u.id = p.upload_id
    WHERE u.document_id = document AND identity.principals() = ARRAY[u.proceeding_id]
  ON CONFLICT (file_key) DO UPDATE SET since = 'epoch';
  DELETE FROM casework.upload u
    WHERE u.document_id = document AND identity.principals() = ARRAY[u.proceeding_id] $$;
REVOKE ALL ON FUNCTION casework.forget_uploads(), casework.drop_uploads(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework.forget_uploads() TO comity_worker;
GRANT EXECUTE ON FUNCTION casework.drop_uploads(uuid) TO comity_app;
${fileKnown(`
      OR EXISTS (SELECT FROM casework.upload_part p WHERE p.file_key = key)`)}
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${fileKnown('')}
DROP FUNCTION casework.forget_uploads();
DROP FUNCTION casework.drop_uploads(uuid);
DROP TABLE casework.upload_part;
DROP TABLE casework.upload;`);
  }
}
