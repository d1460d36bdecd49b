import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What everybody may read: States, mechanisms, the calendar; and the procedures' clock. */
export class Reference1700000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE SCHEMA reference;

CREATE TABLE reference.clock (
  single boolean CONSTRAINT clock_pk PRIMARY KEY CONSTRAINT clock_only_ck CHECK (single),
  shift_ms bigint NOT NULL,
  was_set boolean NOT NULL
);
INSERT INTO reference.clock VALUES (true, 0, false);

CREATE TABLE reference.state (
  iso3 text CONSTRAINT state_pk PRIMARY KEY,
  m49 text NOT NULL CONSTRAINT state_m49_uq UNIQUE,
  kind text NOT NULL CONSTRAINT state_kind_ck CHECK (kind IN ('member', 'observer'))
);
CREATE TABLE reference.state_name (
  id uuid CONSTRAINT state_name_pk PRIMARY KEY,
  iso3 text NOT NULL CONSTRAINT state_name_state_fk REFERENCES reference.state,
  language text NOT NULL,
  form text NOT NULL CONSTRAINT state_name_form_ck
    CHECK (form IN ('short', 'formal', 'former', 'other')),
  name text NOT NULL,
  valid_from date,
  valid_until date,
  verified boolean NOT NULL,
  CONSTRAINT state_name_uq UNIQUE NULLS NOT DISTINCT (iso3, language, form, name, valid_from)
);
CREATE TABLE reference.state_group (
  iso3 text NOT NULL CONSTRAINT state_group_state_fk REFERENCES reference.state,
  regional_group text NOT NULL,
  valid_from date,
  valid_until date,
  verified boolean NOT NULL,
  note text,
  CONSTRAINT state_group_uq UNIQUE NULLS NOT DISTINCT (iso3, regional_group, valid_from)
);

CREATE TABLE reference.mechanism (
  key text NOT NULL,
  version int NOT NULL,
  digest text NOT NULL,
  draft boolean NOT NULL,
  CONSTRAINT mechanism_pk PRIMARY KEY (key, version)
);

CREATE TABLE reference.body (
  key text CONSTRAINT body_pk PRIMARY KEY,
  title text NOT NULL
);
CREATE TABLE reference.body_seat (
  id uuid CONSTRAINT body_seat_pk PRIMARY KEY,
  body_key text NOT NULL CONSTRAINT body_seat_body_fk REFERENCES reference.body,
  iso3 text NOT NULL CONSTRAINT body_seat_state_fk REFERENCES reference.state,
  valid_from date NOT NULL,
  valid_until date,
  source text,
  verified boolean NOT NULL,
  CONSTRAINT body_seat_uq UNIQUE (body_key, iso3, valid_from)
);
CREATE INDEX body_seat_state_ix ON reference.body_seat (iso3, body_key);

CREATE TABLE reference.cycle (
  id uuid CONSTRAINT cycle_pk PRIMARY KEY,
  mechanism text NOT NULL,
  number int NOT NULL,
  starts date NOT NULL,
  ends date,
  source text,
  verified boolean NOT NULL,
  CONSTRAINT cycle_number_uq UNIQUE (mechanism, number)
);
CREATE TABLE reference.session (
  id uuid CONSTRAINT session_pk PRIMARY KEY,
  cycle_id uuid NOT NULL CONSTRAINT session_cycle_fk REFERENCES reference.cycle,
  mechanism text NOT NULL,
  number int NOT NULL,
  title text NOT NULL,
  starts date NOT NULL,
  ends date NOT NULL,
  dates jsonb NOT NULL,
  hours jsonb NOT NULL,
  version int NOT NULL,
  CONSTRAINT session_number_uq UNIQUE (mechanism, number),
  CONSTRAINT session_order_ck CHECK (starts <= ends)
);
CREATE INDEX session_cycle_ix ON reference.session (cycle_id);
CREATE INDEX session_starts_ix ON reference.session (starts, id);
CREATE TABLE reference.session_change (
  id uuid CONSTRAINT session_change_pk PRIMARY KEY,
  session_id uuid NOT NULL CONSTRAINT session_change_session_fk REFERENCES reference.session,
  at timestamptz NOT NULL,
  by_role text NOT NULL,
  reason text NOT NULL,
  was jsonb NOT NULL,
  is_now jsonb NOT NULL
);
CREATE INDEX session_change_session_ix ON reference.session_change (session_id, at, id);
CREATE TABLE reference.slot (
  id uuid CONSTRAINT slot_pk PRIMARY KEY,
  session_id uuid NOT NULL CONSTRAINT slot_session_fk REFERENCES reference.session,
  iso3 text NOT NULL CONSTRAINT slot_state_fk REFERENCES reference.state,
  starts timestamptz NOT NULL,
  ends timestamptz NOT NULL,
  outcome_starts timestamptz,
  version int NOT NULL,
  CONSTRAINT slot_state_uq UNIQUE (session_id, iso3),
  CONSTRAINT slot_order_ck CHECK (starts < ends AND (outcome_starts IS NULL OR ends < outcome_starts))
);
CREATE INDEX slot_starts_ix ON reference.slot (session_id, starts, id);
CREATE TABLE reference.slot_change (
  id uuid CONSTRAINT slot_change_pk PRIMARY KEY,
  slot_id uuid NOT NULL CONSTRAINT slot_change_slot_fk REFERENCES reference.slot,
  at timestamptz NOT NULL,
  by_role text NOT NULL,
  reason text NOT NULL,
  was jsonb NOT NULL,
  is_now jsonb NOT NULL
);
CREATE INDEX slot_change_slot_ix ON reference.slot_change (slot_id, at, id);

GRANT USAGE ON SCHEMA reference TO comity_app, comity_worker, comity_public;
GRANT SELECT ON ALL TABLES IN SCHEMA reference TO comity_app, comity_worker, comity_public;
GRANT UPDATE ON reference.clock TO comity_app;
GRANT INSERT, UPDATE ON reference.cycle, reference.session, reference.slot, reference.body_seat
  TO comity_app;
GRANT INSERT ON reference.session_change, reference.slot_change TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA reference CASCADE');
  }
}
