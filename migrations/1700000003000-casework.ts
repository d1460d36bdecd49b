import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The working files of live proceedings. Every row lies in one compartment of its proceeding. */
export class Casework1700000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE SCHEMA casework;

CREATE TABLE casework.proceeding (
  id uuid CONSTRAINT proceeding_pk PRIMARY KEY,
  mechanism text NOT NULL,
  mechanism_version int NOT NULL,
  subject text NOT NULL CONSTRAINT proceeding_subject_fk REFERENCES reference.state,
  slot_id uuid CONSTRAINT proceeding_slot_fk REFERENCES reference.slot,
  status text NOT NULL,
  entered_at timestamptz NOT NULL,
  opened_at timestamptz NOT NULL,
  test boolean NOT NULL,
  public_id uuid,
  version int NOT NULL,
  CONSTRAINT proceeding_mechanism_fk FOREIGN KEY (mechanism, mechanism_version)
    REFERENCES reference.mechanism
);
-- A rehearsal takes nobody's place.
CREATE UNIQUE INDEX proceeding_slot_uq ON casework.proceeding (slot_id) WHERE NOT test;
CREATE INDEX proceeding_slot_ix ON casework.proceeding (slot_id);
CREATE INDEX proceeding_opened_ix ON casework.proceeding (opened_at, id);
CREATE INDEX proceeding_subject_ix ON casework.proceeding (subject, opened_at, id);

CREATE TABLE casework.access (
  proceeding_id uuid NOT NULL CONSTRAINT access_proceeding_fk
    REFERENCES casework.proceeding DEFERRABLE INITIALLY DEFERRED,
  compartment text NOT NULL,
  principal_id uuid NOT NULL,
  because text NOT NULL,
  CONSTRAINT access_pk PRIMARY KEY (proceeding_id, compartment, principal_id)
);
CREATE INDEX access_principal_ix ON casework.access (principal_id, compartment, proceeding_id);
CREATE TABLE casework.exclusion (
  account_id uuid NOT NULL CONSTRAINT exclusion_account_fk REFERENCES identity.account,
  proceeding_id uuid NOT NULL CONSTRAINT exclusion_proceeding_fk REFERENCES casework.proceeding,
  since timestamptz NOT NULL,
  reason text NOT NULL,
  CONSTRAINT exclusion_pk PRIMARY KEY (account_id, proceeding_id)
);

CREATE TABLE casework.stage_entry (
  id uuid CONSTRAINT stage_entry_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT stage_entry_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  stage text NOT NULL,
  move text,
  by_role text NOT NULL,
  reason text,
  entered_at timestamptz NOT NULL,
  n int NOT NULL,
  CONSTRAINT stage_entry_n_uq UNIQUE (proceeding_id, n)
);
CREATE TABLE casework.participant (
  id uuid CONSTRAINT participant_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT participant_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  role text NOT NULL,
  principal_id uuid NOT NULL CONSTRAINT participant_principal_fk REFERENCES identity.principal,
  basis text NOT NULL,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT participant_uq UNIQUE (proceeding_id, role, principal_id)
);
CREATE INDEX participant_principal_ix ON casework.participant (principal_id, role, proceeding_id);
CREATE TABLE casework.side (
  proceeding_id uuid NOT NULL CONSTRAINT side_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  principal_id uuid NOT NULL CONSTRAINT side_principal_fk REFERENCES identity.principal,
  CONSTRAINT side_pk PRIMARY KEY (proceeding_id, principal_id)
);

CREATE TABLE casework.deadline (
  id uuid CONSTRAINT deadline_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT deadline_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  key text NOT NULL,
  owed_by text NOT NULL,
  anchor_at timestamptz NOT NULL,
  due timestamptz NOT NULL,
  due_local text NOT NULL,
  zone text NOT NULL,
  status text NOT NULL CONSTRAINT deadline_status_ck
    CHECK (status IN ('pending', 'met', 'lapsed', 'cancelled')),
  met_at timestamptz,
  lapsed_at timestamptz,
  extensions int NOT NULL,
  version int NOT NULL
);
CREATE UNIQUE INDEX deadline_key_uq ON casework.deadline (proceeding_id, key, anchor_at)
  WHERE status <> 'cancelled';
CREATE INDEX deadline_pending_ix ON casework.deadline (due, key, id) WHERE status = 'pending';
CREATE INDEX deadline_owed_ix ON casework.deadline (key, due, id) WHERE met_at IS NULL;
CREATE TABLE casework.deadline_change (
  id uuid CONSTRAINT deadline_change_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT deadline_change_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  deadline_id uuid NOT NULL CONSTRAINT deadline_change_deadline_fk REFERENCES casework.deadline,
  at timestamptz NOT NULL,
  what text NOT NULL,
  was timestamptz,
  is_now timestamptz NOT NULL,
  reason text
);
CREATE INDEX deadline_change_proceeding_ix ON casework.deadline_change (proceeding_id, at);

CREATE TABLE casework.document (
  id uuid CONSTRAINT document_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT document_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  kind text NOT NULL,
  side text NOT NULL,
  filed_by text NOT NULL,
  title text NOT NULL,
  symbol text,
  status text NOT NULL CONSTRAINT document_status_ck
    CHECK (status IN ('draft', 'submitted', 'published')),
  late boolean NOT NULL,
  over_limit boolean NOT NULL,
  created_at timestamptz NOT NULL,
  submitted_at timestamptz,
  public_id uuid,
  version int NOT NULL,
  CONSTRAINT document_compartment_uq UNIQUE (id, compartment)
);
CREATE INDEX document_page_ix ON casework.document
  (proceeding_id, (coalesce(submitted_at, created_at)), id);
CREATE TABLE casework.document_version (
  id uuid CONSTRAINT document_version_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  document_id uuid NOT NULL,
  n int NOT NULL,
  status text NOT NULL CONSTRAINT document_version_status_ck CHECK (status IN ('draft', 'submitted')),
  by_side text NOT NULL,
  reason text,
  created_at timestamptz NOT NULL,
  submitted_at timestamptz,
  edits int NOT NULL,
  CONSTRAINT document_version_n_uq UNIQUE (document_id, n),
  CONSTRAINT document_version_document_fk FOREIGN KEY (document_id, compartment)
    REFERENCES casework.document (id, compartment) ON UPDATE CASCADE,
  CONSTRAINT document_version_compartment_uq UNIQUE (id, compartment)
);
CREATE TABLE casework.document_text (
  id uuid CONSTRAINT document_text_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  version_id uuid NOT NULL,
  language text NOT NULL,
  standing text NOT NULL CONSTRAINT document_text_standing_ck
    CHECK (standing IN ('original', 'official', 'courtesy', 'machine')),
  file_key text NOT NULL CONSTRAINT document_text_file_uq UNIQUE,
  media_type text NOT NULL,
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  salt text NOT NULL,
  words int NOT NULL,
  left_out jsonb NOT NULL,
  uploaded_at timestamptz NOT NULL,
  CONSTRAINT document_text_language_uq UNIQUE (version_id, language),
  CONSTRAINT document_text_version_fk FOREIGN KEY (version_id, compartment)
    REFERENCES casework.document_version (id, compartment) ON UPDATE CASCADE
);

CREATE UNIQUE INDEX document_text_original_uq ON casework.document_text (version_id)
  WHERE standing = 'original';
-- Just kept, or replaced: only these are looked at again, and removed if nothing names them.
CREATE TABLE casework.file_in_doubt (
  file_key text CONSTRAINT file_in_doubt_pk PRIMARY KEY,
  since timestamptz NOT NULL
);

CREATE TABLE casework.recommendation (
  id uuid CONSTRAINT recommendation_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT recommendation_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  side text NOT NULL,
  filed_by text NOT NULL,
  text text NOT NULL,
  label text,
  label_order text COLLATE "C",
  status text NOT NULL CONSTRAINT recommendation_status_ck
    CHECK (status IN ('draft', 'submitted', 'adopted', 'lapsed')),
  created_at timestamptz NOT NULL,
  submitted_at timestamptz,
  public_id uuid,
  version int NOT NULL,
  CONSTRAINT recommendation_compartment_uq UNIQUE (id, compartment),
  CONSTRAINT recommendation_label_uq UNIQUE (proceeding_id, label)
);
CREATE INDEX recommendation_page_ix ON casework.recommendation (proceeding_id, created_at, id);
CREATE TABLE casework.recommender (
  id uuid CONSTRAINT recommender_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  recommendation_id uuid NOT NULL,
  iso3 text NOT NULL CONSTRAINT recommender_state_fk REFERENCES reference.state,
  status text NOT NULL CONSTRAINT recommender_status_ck
    CHECK (status IN ('invited', 'confirmed', 'declined', 'lapsed')),
  confirmed_at timestamptz,
  CONSTRAINT recommender_uq UNIQUE (recommendation_id, iso3),
  CONSTRAINT recommender_recommendation_fk FOREIGN KEY (recommendation_id, compartment)
    REFERENCES casework.recommendation (id, compartment) ON UPDATE CASCADE
);
CREATE TABLE casework.position (
  id uuid CONSTRAINT position_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT position_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  recommendation_id uuid NOT NULL
    CONSTRAINT position_recommendation_fk REFERENCES casework.recommendation,
  position text NOT NULL,
  stated_position text,
  comment text,
  given_in text,
  status text NOT NULL CONSTRAINT position_status_ck
    CHECK (status IN ('draft', 'given', 'superseded', 'deemed')),
  prepared_at timestamptz NOT NULL,
  given_at timestamptz,
  version int NOT NULL
);
CREATE UNIQUE INDEX position_draft_uq ON casework.position (recommendation_id)
  WHERE status = 'draft';
CREATE UNIQUE INDEX position_standing_uq ON casework.position (recommendation_id)
  WHERE status IN ('given', 'deemed');
CREATE INDEX position_proceeding_ix ON casework.position (proceeding_id, prepared_at, id);

CREATE TABLE casework.idempotency (
  account_id uuid NOT NULL CONSTRAINT idempotency_account_fk REFERENCES identity.account,
  key text NOT NULL,
  target text NOT NULL,
  body_hash text NOT NULL,
  proceeding_id uuid,
  compartment text,
  answer text NOT NULL,
  stored_at timestamptz NOT NULL,
  CONSTRAINT idempotency_pk PRIMARY KEY (account_id, key)
);
CREATE INDEX idempotency_stored_ix ON casework.idempotency (stored_at);
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA casework CASCADE');
  }
}
