import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- That somebody is told of an entry of the journal; what it says is read from there, by them alone.
CREATE TABLE identity.notice (
  id uuid CONSTRAINT notice_pk PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT notice_account_fk REFERENCES identity.account,
  entry_id uuid NOT NULL CONSTRAINT notice_entry_fk REFERENCES journal.entry,
  urgency text NOT NULL CONSTRAINT notice_urgency_ck CHECK (urgency IN ('urgent', 'normal', 'low')),
  told_at timestamptz NOT NULL,
  read_at timestamptz,
  archived_at timestamptz,
  CONSTRAINT notice_entry_uq UNIQUE (account_id, entry_id)
);
CREATE INDEX notice_told_ix ON identity.notice (account_id, told_at, id);
CREATE INDEX notice_unread_ix ON identity.notice (account_id, told_at) WHERE read_at IS NULL;
ALTER TABLE identity.notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.notice USING (account_id = identity.viewer());
GRANT SELECT, UPDATE (read_at, archived_at) ON identity.notice TO comity_app;
-- Until those concerned have been told; carried to the queue, and again where that has lost it.
ALTER TABLE journal.pending ADD COLUMN carried_at timestamptz, ADD COLUMN since timestamptz;`;

const append = (waits: string): string => `
CREATE OR REPLACE FUNCTION journal.append(entry uuid, proceeding uuid, room text, content text)
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
  INSERT INTO journal.pending VALUES (entry${waits});
  RETURN head.n + 1;
END $$;`;

const FUNCTIONS = `
-- What the worker needs of an entry that waits, to find who is told: never what it says.
CREATE FUNCTION journal.event(entry uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT jsonb_build_object('mechanism', p.mechanism, 'version', p.mechanism_version,
    'test', p.test, 'compartment', e.compartment, 'what', b.body ->> 'what',
    'sides', (SELECT coalesce(jsonb_agg(s), '[]') FROM unnest(ARRAY[b.body ->> 'by',
      b.body ->> 'onBehalfOf']) s WHERE s ~ '^(state|organization):'),
    'move', b.body -> 'facts' ->> 'move', 'deadline', b.body -> 'facts' ->> 'deadline',
    'participants', (SELECT coalesce(jsonb_agg(jsonb_build_object('role', t.role,
        'principal', k.key)), '[]') FROM casework.participant t
      JOIN identity.principal k ON k.id = t.principal_id WHERE t.proceeding_id = p.id))
  FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id
  JOIN casework.proceeding p ON p.id = e.proceeding_id
  CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
  WHERE w.entry_id = entry $$;
-- The people who may read an entry that waits, by the seats through which they may. Who wrote it is among
-- them: by whose hand it is, the worker does not learn.
CREATE FUNCTION journal.readers(entry uuid)
RETURNS TABLE (account_id uuid, side text, "group" text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT m.account_id, p.key, g.key, m.role
  FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id
  JOIN casework.access a ON a.proceeding_id = e.proceeding_id AND a.compartment = e.compartment
  JOIN identity.principal p ON a.principal_id IN (p.id, p.within)
  LEFT JOIN identity.principal g ON g.id = p.within
  JOIN identity.membership m ON m.principal_id = p.id AND m.revoked_at IS NULL
    AND (m.until IS NULL OR m.until > now())
  JOIN identity.account c ON c.id = m.account_id AND c.disabled_at IS NULL
  WHERE w.entry_id = entry
    AND NOT EXISTS (SELECT FROM casework.exclusion x
      WHERE x.proceeding_id = e.proceeding_id AND x.account_id = m.account_id)
  GROUP BY m.account_id, p.key, g.key, m.role $$;
-- Tells those of them who may read it, once each, however often it is asked, but never who wrote it.
-- One after the other, so that nobody is told of something before what they were told last.
CREATE FUNCTION journal.tell(entry uuid, accounts uuid[], how text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(4018);
  INSERT INTO identity.notice
    SELECT gen_random_uuid(), r.account_id, entry, how,
      date_trunc('milliseconds', clock_timestamp()), NULL, NULL
    FROM (SELECT DISTINCT x.account_id FROM journal.readers(entry) x) r
    WHERE r.account_id = ANY (accounts) AND NOT EXISTS (SELECT FROM journal.author u
      WHERE u.entry_id = entry AND u.account_id = r.account_id)
    ON CONFLICT (account_id, entry_id) DO NOTHING;
END $$;
REVOKE ALL ON FUNCTION journal.event, journal.readers, journal.tell FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal.event, journal.readers, journal.tell TO comity_worker;`;

/** Who is told of what happened: from the journal, once, whatever becomes of the queue. */
export class Notices1700000038000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(append(', NULL, now()'));
    await runner.query(FUNCTIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${append('')}
DROP FUNCTION journal.tell, journal.readers, journal.event;
ALTER TABLE journal.pending DROP COLUMN since, DROP COLUMN carried_at;
DROP TABLE identity.notice`);
  }
}
