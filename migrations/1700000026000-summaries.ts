import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same on each: seen by whoever holds the desk, and by nobody whom an exclusion names. */
const secured = (name: string): string => `
ALTER TABLE casework.${name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.${name} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${name}.proceeding_id AND a.compartment = ${name}.compartment LIMIT 1));
CREATE POLICY recused ON casework.${name} AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = ${name}.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);`;

/** What a secretariat writes from submissions: its sources, what it marks in them, its draft. */
export class Summaries1700000026000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE casework.summary_source (
  -- That of the submission, where it is one.
  id uuid CONSTRAINT summary_source_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL
    CONSTRAINT summary_source_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL CONSTRAINT summary_source_desk_ck CHECK (compartment LIKE 'desk:%'),
  kind text NOT NULL,
  document_id uuid CONSTRAINT summary_source_document_fk REFERENCES casework.document,
  joint_number int,
  -- Nothing where whose it is was withdrawn.
  mark text,
  name text NOT NULL,
  place text,
  partners text[] NOT NULL,
  withheld text[] NOT NULL,
  stands_with text NOT NULL CONSTRAINT summary_source_stands_with_ck
    CHECK (stands_with IN ('civil-society', 'regional', 'nhri', 'united-nations')),
  sealed boolean NOT NULL,
  added_at timestamptz NOT NULL,
  version int NOT NULL,
  CONSTRAINT summary_source_mark_uq UNIQUE (proceeding_id, compartment, kind, mark),
  CONSTRAINT summary_source_number_uq UNIQUE (proceeding_id, compartment, kind, joint_number)
);
CREATE TABLE casework.passage (
  id uuid CONSTRAINT passage_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT passage_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL CONSTRAINT passage_desk_ck CHECK (compartment LIKE 'desk:%'),
  kind text NOT NULL,
  source_id uuid NOT NULL CONSTRAINT passage_source_fk REFERENCES casework.summary_source,
  document_version int,
  language text,
  begins int,
  ends int,
  digest text,
  -- Of what the house does not hold, the words themselves.
  words text,
  pinpoint text NOT NULL,
  theme text NOT NULL,
  note text,
  marked_at timestamptz NOT NULL,
  version int NOT NULL,
  CONSTRAINT passage_words_ck CHECK ((words IS NULL) = (num_nonnulls(document_version, language,
    begins, ends, digest) = 5) AND (words IS NULL OR document_version IS NULL)),
  CONSTRAINT passage_range_ck CHECK (begins >= 0 AND ends > begins)
);
CREATE INDEX passage_page_ix ON casework.passage (proceeding_id, kind, marked_at, id);
CREATE INDEX passage_source_ix ON casework.passage (source_id);
CREATE TABLE casework.summary (
  id uuid CONSTRAINT summary_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT summary_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL CONSTRAINT summary_desk_ck CHECK (compartment LIKE 'desk:%'),
  kind text NOT NULL,
  background text,
  version int NOT NULL,
  CONSTRAINT summary_kind_uq UNIQUE (proceeding_id, compartment, kind)
);
CREATE TABLE casework.summary_paragraph (
  id uuid CONSTRAINT summary_paragraph_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL
    CONSTRAINT summary_paragraph_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL
    CONSTRAINT summary_paragraph_desk_ck CHECK (compartment LIKE 'desk:%'),
  summary_id uuid NOT NULL CONSTRAINT summary_paragraph_summary_fk REFERENCES casework.summary,
  theme text NOT NULL,
  place int NOT NULL,
  text text NOT NULL,
  -- In the order of its notes: [{"passages": [id], "seeAlso": [id]}]
  notes jsonb NOT NULL,
  proposed boolean NOT NULL,
  -- What it said was withdrawn: it waits to be written anew.
  emptied boolean NOT NULL,
  version int NOT NULL
);
CREATE INDEX summary_paragraph_summary_ix
  ON casework.summary_paragraph (summary_id, place, id);
${['summary_source', 'passage', 'summary', 'summary_paragraph'].map(secured).join('')}
CREATE POLICY parented ON casework.summary_source AS RESTRICTIVE USING (true) WITH CHECK (
  document_id IS NULL OR (SELECT true FROM casework.document p
    WHERE p.id = summary_source.document_id
      AND p.proceeding_id = summary_source.proceeding_id LIMIT 1));
CREATE POLICY parented ON casework.passage AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.summary_source p WHERE p.id = passage.source_id
    AND p.proceeding_id = passage.proceeding_id AND p.kind = passage.kind LIMIT 1));
CREATE POLICY parented ON casework.summary_paragraph AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.summary p WHERE p.id = summary_paragraph.summary_id
    AND p.proceeding_id = summary_paragraph.proceeding_id LIMIT 1));
GRANT SELECT, INSERT, UPDATE ON casework.summary_source, casework.summary TO comity_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON casework.passage, casework.summary_paragraph
  TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE casework.summary_paragraph, casework.summary, casework.passage, casework.summary_source',
    );
  }
}
