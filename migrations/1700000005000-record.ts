import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What has been published, written by the act that publishes; and its feed. */
export class Record1700000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE SCHEMA record;

-- One counter, taken under its row lock at publication: the feed has no gap and no late-comer.
CREATE TABLE record.feed (
  single boolean CONSTRAINT feed_pk PRIMARY KEY CONSTRAINT feed_only_ck CHECK (single),
  sequence bigint NOT NULL
);
INSERT INTO record.feed VALUES (true, 0);
CREATE FUNCTION record.next_sequence() RETURNS bigint LANGUAGE sql SET search_path = '' AS
$$ UPDATE record.feed SET sequence = sequence + 1 RETURNING sequence $$;

CREATE TABLE record.proceeding (
  id uuid CONSTRAINT record_proceeding_pk PRIMARY KEY,
  mechanism text NOT NULL,
  state text NOT NULL,
  session int NOT NULL,
  cycle int NOT NULL,
  body text NOT NULL,
  sequence bigint NOT NULL
);
CREATE INDEX record_proceeding_state_ix ON record.proceeding (state, id);
CREATE INDEX record_proceeding_session_ix ON record.proceeding (session, id);
CREATE TABLE record.document (
  id uuid CONSTRAINT record_document_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT record_document_proceeding_fk REFERENCES record.proceeding,
  state text NOT NULL,
  session int NOT NULL,
  kind text NOT NULL,
  symbol text,
  body text NOT NULL,
  sequence bigint NOT NULL
);
CREATE INDEX record_document_proceeding_ix ON record.document (proceeding_id, id);
CREATE INDEX record_document_state_ix ON record.document (state, id);
CREATE INDEX record_document_session_ix ON record.document (session, id);
CREATE INDEX record_document_kind_ix ON record.document (kind, id);
CREATE INDEX record_document_symbol_ix ON record.document (symbol);
CREATE TABLE record.file (
  document_id uuid NOT NULL CONSTRAINT record_file_document_fk REFERENCES record.document,
  version int NOT NULL,
  language text NOT NULL,
  original boolean NOT NULL,
  file_key text NOT NULL,
  media_type text NOT NULL,
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  CONSTRAINT record_file_pk PRIMARY KEY (document_id, version, language)
);
CREATE TABLE record.recommendation (
  id uuid CONSTRAINT record_recommendation_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL
    CONSTRAINT record_recommendation_proceeding_fk REFERENCES record.proceeding,
  state text NOT NULL,
  session int NOT NULL,
  label text NOT NULL,
  label_order text COLLATE "C" NOT NULL,
  position text,
  body text NOT NULL,
  sequence bigint NOT NULL
);
CREATE INDEX record_recommendation_proceeding_ix
  ON record.recommendation (proceeding_id, label_order, id);
CREATE INDEX record_recommendation_state_ix
  ON record.recommendation (state, session, label_order, id);
CREATE INDEX record_recommendation_session_ix
  ON record.recommendation (session, label_order, id);
CREATE INDEX record_recommendation_position_ix
  ON record.recommendation (position, session, label_order, id);
CREATE TABLE record.recommender (
  recommendation_id uuid NOT NULL
    CONSTRAINT record_recommender_fk REFERENCES record.recommendation,
  iso3 text NOT NULL,
  CONSTRAINT record_recommender_pk PRIMARY KEY (iso3, recommendation_id)
);
CREATE TABLE record.change (
  sequence bigint CONSTRAINT change_pk PRIMARY KEY,
  at timestamptz NOT NULL,
  what text NOT NULL CONSTRAINT change_what_ck CHECK (what IN ('published', 'updated')),
  kind text NOT NULL CONSTRAINT change_kind_ck
    CHECK (kind IN ('proceeding', 'document', 'recommendation')),
  item_id uuid NOT NULL
);

GRANT USAGE ON SCHEMA record TO comity_app, comity_worker, comity_public;
GRANT SELECT ON ALL TABLES IN SCHEMA record TO comity_app, comity_worker, comity_public;
GRANT INSERT, UPDATE ON ALL TABLES IN SCHEMA record TO comity_app, comity_worker;
REVOKE UPDATE ON record.change, record.file, record.recommender FROM comity_app, comity_worker;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA record CASCADE');
  }
}
