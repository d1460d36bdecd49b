import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who is a Party to a treaty, since when, and what it has opted out of; and organizations of States,
 * which are Parties without being States.
 */
export class Parties1700000041000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
ALTER TABLE reference.state ALTER COLUMN m49 DROP NOT NULL,
  DROP CONSTRAINT state_kind_ck,
  ADD CONSTRAINT state_kind_ck CHECK (kind IN ('member', 'observer', 'organization')),
  ADD CONSTRAINT state_m49_ck CHECK (m49 IS NOT NULL OR kind = 'organization');

CREATE TABLE reference.treaty (
  key text CONSTRAINT treaty_pk PRIMARY KEY,
  title text NOT NULL,
  depositary text,
  in_force_from date,
  -- Procedures that a Party may opt out of, and for how many years at the most.
  opt_outs jsonb NOT NULL
);
CREATE TABLE reference.party (
  id uuid CONSTRAINT party_pk PRIMARY KEY,
  treaty_key text NOT NULL CONSTRAINT party_treaty_fk REFERENCES reference.treaty,
  iso3 text NOT NULL CONSTRAINT party_state_fk REFERENCES reference.state,
  in_force_from date NOT NULL,
  in_force_until date,
  source text,
  CONSTRAINT party_uq UNIQUE (treaty_key, iso3, in_force_from),
  CONSTRAINT party_order_ck CHECK (in_force_from < in_force_until)
);
CREATE INDEX party_state_ix ON reference.party (iso3, treaty_key);
CREATE TABLE reference.opt_out (
  id uuid CONSTRAINT opt_out_pk PRIMARY KEY,
  treaty_key text NOT NULL CONSTRAINT opt_out_treaty_fk REFERENCES reference.treaty,
  iso3 text NOT NULL CONSTRAINT opt_out_state_fk REFERENCES reference.state,
  procedure text NOT NULL,
  valid_from date NOT NULL,
  valid_until date NOT NULL,
  source text,
  CONSTRAINT opt_out_uq UNIQUE (treaty_key, iso3, procedure, valid_from),
  CONSTRAINT opt_out_order_ck CHECK (valid_from < valid_until)
);
CREATE INDEX opt_out_state_ix ON reference.opt_out (iso3, treaty_key);
-- What a secretariat has entered or changed of either, on what ground; the entry itself has no \`was\`.
CREATE TABLE reference.party_change (
  id uuid CONSTRAINT party_change_pk PRIMARY KEY,
  party_id uuid CONSTRAINT party_change_party_fk REFERENCES reference.party,
  opt_out_id uuid CONSTRAINT party_change_opt_out_fk REFERENCES reference.opt_out,
  at timestamptz NOT NULL,
  by_side text NOT NULL,
  was jsonb,
  is_now jsonb NOT NULL,
  CONSTRAINT party_change_one_ck CHECK (num_nonnulls(party_id, opt_out_id) = 1)
);
CREATE INDEX party_change_party_ix ON reference.party_change (party_id, at, id);
CREATE INDEX party_change_opt_out_ix ON reference.party_change (opt_out_id, at, id);

GRANT SELECT ON reference.treaty, reference.party, reference.opt_out, reference.party_change
  TO comity_app, comity_worker, comity_public;
GRANT INSERT ON reference.party, reference.opt_out, reference.party_change TO comity_app;
GRANT UPDATE (in_force_from, in_force_until, source) ON reference.party TO comity_app;
GRANT UPDATE (valid_from, valid_until, source) ON reference.opt_out TO comity_app;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP TABLE reference.party_change, reference.opt_out, reference.party, reference.treaty;
DELETE FROM reference.state_name n USING reference.state s
  WHERE s.iso3 = n.iso3 AND s.kind = 'organization';
DELETE FROM reference.state WHERE kind = 'organization';
ALTER TABLE reference.state DROP CONSTRAINT state_m49_ck, DROP CONSTRAINT state_kind_ck,
  ADD CONSTRAINT state_kind_ck CHECK (kind IN ('member', 'observer')),
  ALTER COLUMN m49 SET NOT NULL;
`);
  }
}
