import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The pair that every table of casework has (see the migration of access). */
const policies = (name: string): string => `
ALTER TABLE casework.${name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.${name} USING ((SELECT true FROM casework.access a
  WHERE a.proceeding_id = ${name}.proceeding_id AND a.compartment = ${name}.compartment LIMIT 1));
CREATE POLICY recused ON casework.${name} AS RESTRICTIVE USING ((SELECT true
  FROM casework.exclusion x WHERE x.proceeding_id = ${name}.proceeding_id
    AND x.account_id = identity.viewer() LIMIT 1) IS NOT TRUE);`;

/** A row is put under a speaker that its writer may see, and no other. */
const parented = (table: string, column: string): string => `
CREATE POLICY parented_${column} ON casework.${table} AS RESTRICTIVE USING (true) WITH CHECK ((
  SELECT true FROM casework.speaker p WHERE p.id = ${table}.${column}
    AND p.proceeding_id = ${table}.proceeding_id LIMIT 1));`;

const LISTS = `('dialogue', 'plenary', 'stakeholders')`;

/** Lists of speakers: who speaks, in which order, for how long, and what came of it. */
export class Dialogue1700000024000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- What was drawn for a list, and what its closing settled; there is none before either.
CREATE TABLE casework.speakers_list (
  id uuid CONSTRAINT speakers_list_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL
    CONSTRAINT speakers_list_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  list text NOT NULL CONSTRAINT speakers_list_list_ck CHECK (list IN ${LISTS}),
  -- Where the alphabet begins: a letter, or a State; or the sides that were drawn, in order.
  drawn text[],
  -- How: the lot, or day, meeting and witnesses.
  draw jsonb,
  closed_at timestamptz,
  member_seconds int,
  observer_seconds int,
  members_known boolean,
  version int NOT NULL,
  CONSTRAINT speakers_list_uq UNIQUE (proceeding_id, list),
  CONSTRAINT speakers_list_draw_ck CHECK ((drawn IS NULL) = (draw IS NULL)),
  CONSTRAINT speakers_list_closed_ck CHECK (num_nonnulls(closed_at, member_seconds,
    observer_seconds, members_known) IN (0, 4))
);

-- Somebody who speaks: registered on a list; or the State under review, in one part of its time.
CREATE TABLE casework.speaker (
  id uuid CONSTRAINT speaker_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL CONSTRAINT speaker_proceeding_fk REFERENCES casework.proceeding,
  compartment text NOT NULL,
  list text NOT NULL CONSTRAINT speaker_list_ck CHECK (list IN ${LISTS}),
  side text NOT NULL,
  filed_by text NOT NULL,
  part text CONSTRAINT speaker_part_ck CHECK (part IN ('opening', 'intermediate', 'closing')),
  -- The status that an organization declares, and whether the secretariat has confirmed it.
  accreditation text CONSTRAINT speaker_accreditation_ck
    CHECK (accreditation IN ('ecosoc', 'nhri-a')),
  accredited boolean,
  class text CONSTRAINT speaker_class_ck CHECK (class IN ('member', 'observer')),
  seconds int,
  place int,
  registered_at timestamptz NOT NULL,
  left_at timestamptz,
  began_at timestamptz,
  ended_at timestamptz,
  used int,
  cut boolean,
  text text,
  public_id uuid,
  version int NOT NULL,
  CONSTRAINT speaker_compartment_uq UNIQUE (id, compartment),
  CONSTRAINT speaker_place_uq UNIQUE (proceeding_id, list, place) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT speaker_statement_ck CHECK (num_nonnulls(ended_at, used, cut) IN (0, 3)
    AND (ended_at IS NULL OR (began_at IS NOT NULL AND ended_at >= began_at AND used >= 0)))
);
CREATE UNIQUE INDEX speaker_side_uq ON casework.speaker (proceeding_id, list, side)
  WHERE part IS NULL AND left_at IS NULL AND side <> '[withdrawn]';
-- One has the floor.
CREATE UNIQUE INDEX speaker_floor_uq ON casework.speaker (proceeding_id)
  WHERE began_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX speaker_list_ix ON casework.speaker (proceeding_id, list, place, id);
-- A State in whose name another speaks as well; each confirms for itself.
CREATE TABLE casework.co_speaker (
  id uuid CONSTRAINT co_speaker_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  speaker_id uuid NOT NULL,
  iso3 text NOT NULL CONSTRAINT co_speaker_state_fk REFERENCES reference.state,
  status text NOT NULL CONSTRAINT co_speaker_status_ck
    CHECK (status IN ('invited', 'confirmed', 'declined', 'lapsed')),
  confirmed_at timestamptz,
  CONSTRAINT co_speaker_uq UNIQUE (speaker_id, iso3),
  CONSTRAINT co_speaker_speaker_fk FOREIGN KEY (speaker_id, compartment)
    REFERENCES casework.speaker (id, compartment) ON UPDATE CASCADE
);
-- Two exchange their places, which are those that they had when one proposed it.
CREATE TABLE casework.speaker_swap (
  id uuid CONSTRAINT speaker_swap_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  list text NOT NULL CONSTRAINT speaker_swap_list_ck CHECK (list IN ${LISTS}),
  from_id uuid NOT NULL CONSTRAINT speaker_swap_from_fk REFERENCES casework.speaker,
  with_id uuid NOT NULL CONSTRAINT speaker_swap_with_fk REFERENCES casework.speaker,
  from_place int NOT NULL,
  with_place int NOT NULL,
  status text NOT NULL CONSTRAINT speaker_swap_status_ck
    CHECK (status IN ('proposed', 'accepted', 'declined', 'lapsed')),
  proposed_at timestamptz NOT NULL,
  answered_at timestamptz,
  CONSTRAINT speaker_swap_two_ck CHECK (from_id <> with_id)
);
CREATE INDEX speaker_swap_list_ix ON casework.speaker_swap (proceeding_id, list, proposed_at, id);
CREATE UNIQUE INDEX speaker_swap_open_uq ON casework.speaker_swap
  (least(from_id, with_id), greatest(from_id, with_id)) WHERE status = 'proposed';
${['speakers_list', 'speaker', 'co_speaker', 'speaker_swap'].map(policies).join('')}
${[
  ['co_speaker', 'speaker_id'],
  ['speaker_swap', 'from_id'],
  ['speaker_swap', 'with_id'],
]
  .map(([table, column]) => parented(table!, column!))
  .join('')}
-- What is drawn, and what a closing settles, is written by the procedure alone.
CREATE POLICY by_the_procedure ON casework.speakers_list AS RESTRICTIVE FOR INSERT
  WITH CHECK (identity.principals() = ARRAY[proceeding_id]);
CREATE POLICY changed_by_the_procedure ON casework.speakers_list AS RESTRICTIVE FOR UPDATE
  USING (true) WITH CHECK (identity.principals() = ARRAY[proceeding_id]);

CREATE TABLE record.speaker (
  id uuid CONSTRAINT record_speaker_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL
    CONSTRAINT record_speaker_proceeding_fk REFERENCES record.proceeding,
  state text NOT NULL,
  session int NOT NULL,
  list text NOT NULL,
  place_order int NOT NULL,
  body text NOT NULL,
  sequence bigint NOT NULL
);
CREATE INDEX record_speaker_proceeding_ix
  ON record.speaker (proceeding_id, session, list, place_order, id);
CREATE INDEX record_speaker_state_ix ON record.speaker (state, session, list, place_order, id);
CREATE INDEX record_speaker_session_ix ON record.speaker (session, list, place_order, id);

GRANT SELECT, INSERT, UPDATE ON casework.speakers_list, casework.speaker, casework.co_speaker,
  casework.speaker_swap TO comity_app, comity_worker;
GRANT DELETE ON casework.co_speaker TO comity_app;
-- A withdrawal for safety takes the States of a joint statement away; nothing else does.
CREATE POLICY withdrawn_by_the_procedure ON casework.co_speaker AS RESTRICTIVE FOR DELETE
  USING (identity.principals() = ARRAY[proceeding_id]);
GRANT SELECT ON record.speaker TO comity_app, comity_worker, comity_public;
GRANT INSERT, UPDATE ON record.speaker TO comity_app, comity_worker;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP TABLE record.speaker;
DROP TABLE casework.speaker_swap, casework.co_speaker, casework.speaker, casework.speakers_list`);
  }
}
