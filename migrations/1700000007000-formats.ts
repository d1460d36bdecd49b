import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A document in the format in which its side wrote it is that side's own, with what it tells
 * beside its words: it lies in a row of its own in the desk, and never leaves it. What everybody
 * else gets, `casework.document_text`, is the copy that was scrubbed.
 */
export class Formats1700000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
ALTER TABLE casework.document_text ADD COLUMN language_found text, ADD COLUMN body text;
CREATE TABLE casework.document_original (
  text_id uuid CONSTRAINT document_original_pk PRIMARY KEY
    CONSTRAINT document_original_text_fk REFERENCES casework.document_text,
  proceeding_id uuid NOT NULL
    CONSTRAINT document_original_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL CONSTRAINT document_original_desk_ck CHECK (compartment LIKE 'desk:%'),
  file_key text NOT NULL CONSTRAINT document_original_file_uq UNIQUE,
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  found jsonb NOT NULL
);
INSERT INTO casework.document_original
  SELECT t.id, t.proceeding_id, 'desk:' || d.filed_by, t.file_key, t.bytes, t.sha256, '[]'
  FROM casework.document_text t
  JOIN casework.document_version v ON v.id = t.version_id
  JOIN casework.document d ON d.id = v.document_id;

ALTER TABLE casework.document_original ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.document_original USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = document_original.proceeding_id
    AND a.compartment = document_original.compartment LIMIT 1));
CREATE POLICY recused ON casework.document_original AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = document_original.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);
CREATE POLICY parented ON casework.document_original AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.document_text p WHERE p.id = document_original.text_id
    AND p.proceeding_id = document_original.proceeding_id LIMIT 1));
GRANT SELECT, INSERT, UPDATE ON casework.document_original TO comity_app, comity_worker;

-- The words of what is published, for the search, in pieces that an index can take.
CREATE TABLE record.text (
  document_id uuid NOT NULL CONSTRAINT record_text_document_fk REFERENCES record.document,
  version int NOT NULL,
  language text NOT NULL,
  piece int NOT NULL,
  body text NOT NULL,
  words tsvector NOT NULL,
  CONSTRAINT record_text_pk PRIMARY KEY (document_id, version, language, piece)
);
CREATE INDEX record_text_words_ix ON record.text USING gin (words);
GRANT SELECT ON record.text TO comity_app, comity_worker, comity_public;
GRANT INSERT ON record.text TO comity_app, comity_worker;

CREATE OR REPLACE FUNCTION casework.file_known(key text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM casework.document_text t WHERE t.file_key = key)
      OR EXISTS (SELECT FROM casework.document_original o WHERE o.file_key = key)
      OR EXISTS (SELECT FROM record.file f WHERE f.file_key = key) $$;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE OR REPLACE FUNCTION casework.file_known(key text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT FROM casework.document_text t WHERE t.file_key = key)
      OR EXISTS (SELECT FROM record.file f WHERE f.file_key = key) $$;
DROP TABLE record.text;
DROP TABLE casework.document_original;
ALTER TABLE casework.document_text DROP COLUMN language_found, DROP COLUMN body;
`);
  }
}
