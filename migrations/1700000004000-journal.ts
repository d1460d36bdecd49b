import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The append-only spine: a hash chain for each (proceeding, compartment), and the outbox. */
export class Journal1700000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE SCHEMA journal;

CREATE TABLE journal.chain (
  proceeding_id uuid NOT NULL CONSTRAINT chain_proceeding_fk
    REFERENCES casework.proceeding DEFERRABLE INITIALLY DEFERRED,
  compartment text NOT NULL,
  n int NOT NULL,
  hash text NOT NULL,
  CONSTRAINT chain_pk PRIMARY KEY (proceeding_id, compartment)
);
CREATE TABLE journal.entry (
  id uuid CONSTRAINT entry_pk PRIMARY KEY,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  n int NOT NULL,
  body text NOT NULL,
  previous text NOT NULL,
  hash text NOT NULL,
  CONSTRAINT entry_chain_fk FOREIGN KEY (proceeding_id, compartment) REFERENCES journal.chain,
  CONSTRAINT entry_n_uq UNIQUE (proceeding_id, compartment, n)
);
-- The person behind an entry; the entry itself names a role only.
CREATE TABLE journal.author (
  entry_id uuid CONSTRAINT author_pk PRIMARY KEY
    CONSTRAINT author_entry_fk REFERENCES journal.entry,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL CONSTRAINT author_compartment_ck CHECK (compartment = 'identity'),
  account_id uuid NOT NULL
);
CREATE TABLE journal.pending (
  entry_id uuid CONSTRAINT pending_pk PRIMARY KEY
    CONSTRAINT pending_entry_fk REFERENCES journal.entry
);

CREATE FUNCTION journal.append(entry uuid, proceeding uuid, room text, content text)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE head journal.chain; fresh text;
BEGIN
  IF NOT EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = proceeding
      AND a.compartment = room AND a.principal_id = ANY (identity.principals()))
    OR EXISTS (SELECT FROM casework.exclusion x WHERE x.proceeding_id = proceeding
      AND x.account_id = identity.viewer()) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO journal.chain VALUES (proceeding, room, 0, '') ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM journal.chain c
    WHERE c.proceeding_id = proceeding AND c.compartment = room FOR UPDATE;
  fresh := journal.link(head.hash, head.n + 1, content);
  INSERT INTO journal.entry VALUES (entry, proceeding, room, head.n + 1, content, head.hash, fresh);
  UPDATE journal.chain c SET n = head.n + 1, hash = fresh
    WHERE c.proceeding_id = proceeding AND c.compartment = room;
  INSERT INTO journal.pending VALUES (entry);
  RETURN head.n + 1;
END $$;

-- The hash of an entry: over the one before it, its number and its canonical text (RFC 8785).
CREATE FUNCTION journal.link(previous text, n int, content text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT encode(sha256(convert_to(previous || E'\\n' || n || E'\\n' || content, 'UTF8')), 'hex') $$;

-- Whether the entry's own link holds; NULL when there is no such entry.
CREATE FUNCTION journal.intact(entry uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT e.hash = journal.link(e.previous, e.n, e.body)
     AND e.previous = coalesce((SELECT b.hash FROM journal.entry b WHERE b.proceeding_id =
           e.proceeding_id AND b.compartment = e.compartment AND b.n = e.n - 1), '')
  FROM journal.entry e WHERE e.id = entry $$;

-- Who acted, kept apart from the entry; written by the transaction that appended it, and no other.
CREATE FUNCTION journal.sign(entry uuid, proceeding uuid, who uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO journal.author SELECT e.id, e.proceeding_id, 'identity', who FROM journal.entry e
    WHERE e.id = entry AND e.proceeding_id = proceeding AND e.xmin = pg_current_xact_id()::xid;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA journal CASCADE');
  }
}
