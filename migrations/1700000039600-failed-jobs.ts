import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- A job that failed, once for each thing to be done; names and ids alone, for whoever runs the service.
CREATE TABLE identity.failed_job (
  id uuid CONSTRAINT failed_job_pk PRIMARY KEY,
  lane text NOT NULL CONSTRAINT failed_job_lane_ck CHECK (lane IN ('work', 'letters')),
  name text NOT NULL,
  data jsonb NOT NULL,
  key text NOT NULL,
  error text NOT NULL,
  code text,
  place text,
  times int NOT NULL,
  first_failed_at timestamptz NOT NULL,
  last_failed_at timestamptz NOT NULL,
  status text NOT NULL CONSTRAINT failed_job_status_ck CHECK (status IN
    ('open', 'retrying', 'discarding', 'healed', 'discarded')),
  carried_at timestamptz,
  acts jsonb NOT NULL,
  settled_at timestamptz,
  version int NOT NULL
);
CREATE UNIQUE INDEX failed_job_key_uq ON identity.failed_job (key) WHERE settled_at IS NULL;
CREATE INDEX failed_job_last_ix ON identity.failed_job (last_failed_at, id);
CREATE INDEX failed_job_asked_ix ON identity.failed_job (id)
  WHERE status IN ('retrying', 'discarding');
CREATE INDEX failed_job_settled_ix ON identity.failed_job (settled_at) WHERE settled_at IS NOT NULL;
ALTER TABLE identity.failed_job ENABLE ROW LEVEL SECURITY;
CREATE POLICY administered ON identity.failed_job USING (identity.is_administrator());
GRANT SELECT, UPDATE (status, carried_at, acts, version) ON identity.failed_job TO comity_app;
-- What keeps failing is carried again ever more rarely.
ALTER TABLE journal.pending ADD COLUMN not_before timestamptz;`;

const KEEPING = `
-- Keeps that a job failed; answers how often it has by now. What somebody decided to discard stays so.
CREATE FUNCTION identity.keep_failed_job(fresh uuid, way text, called text, given jsonb, digest text,
  why text, how text, origin text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE moment timestamptz := date_trunc('milliseconds', now()); often int;
BEGIN
  INSERT INTO identity.failed_job AS f VALUES (fresh, way, called, given, digest, why, how, origin, 1,
    moment, moment, 'open', NULL, '[]', NULL, 1)
  ON CONFLICT (key) WHERE settled_at IS NULL DO UPDATE SET times = f.times + 1,
    last_failed_at = moment, error = why, code = how, place = origin,
    status = CASE f.status WHEN 'retrying' THEN 'open' ELSE f.status END,
    version = f.version + CASE f.status WHEN 'retrying' THEN 1 ELSE 0 END
  RETURNING f.times INTO often;
  RETURN often;
END $$;
-- The keys of what has failed and is not settled, so that only then it is said that a job succeeded.
CREATE FUNCTION identity.failed_job_keys(most int) RETURNS TABLE (key text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT f.key FROM identity.failed_job f WHERE f.settled_at IS NULL LIMIT most $$;
-- What had failed succeeded.
CREATE FUNCTION identity.heal_failed_job(digest text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE identity.failed_job f SET status = 'healed', settled_at = date_trunc('milliseconds', now()),
    version = f.version + 1 WHERE f.key = digest AND f.settled_at IS NULL $$;`;

const DECIDING = `
-- What was decided about jobs that a worker knows, and is to be done now, held until the transaction ends, and then taken for so long.
CREATE FUNCTION identity.claim_failed_jobs(known text[], most int, lease interval)
RETURNS TABLE (id uuid, name text, data jsonb, status text, reason text)
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH due AS MATERIALIZED (SELECT f.id FROM identity.failed_job f
    WHERE f.status IN ('retrying', 'discarding') AND f.name = ANY (known)
      AND (f.carried_at IS NULL OR f.carried_at < now() - lease)
    LIMIT most FOR UPDATE SKIP LOCKED)
  UPDATE identity.failed_job f SET carried_at = now() FROM due WHERE f.id = due.id
  RETURNING f.id, f.name, f.data, f.status, f.acts -> -1 ->> 'reason' $$;
-- What discarding it means was done.
CREATE FUNCTION identity.failed_job_discarded(gone uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE identity.failed_job f SET status = 'discarded',
    settled_at = date_trunc('milliseconds', now()), version = f.version + 1
  WHERE f.id = gone AND f.status = 'discarding' $$;
-- How many there are that are not settled.
CREATE FUNCTION identity.count_failed_jobs() RETURNS TABLE (name text, status text, many int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT f.name, f.status, count(*)::int FROM identity.failed_job f
  WHERE f.settled_at IS NULL GROUP BY f.name, f.status $$;
CREATE FUNCTION identity.forget_failed_jobs(kept interval, most int) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH old AS MATERIALIZED (SELECT f.id FROM identity.failed_job f
      WHERE f.settled_at < now() - kept ORDER BY f.settled_at LIMIT most),
    gone AS (DELETE FROM identity.failed_job f USING old WHERE f.id = old.id RETURNING 1)
  SELECT count(*)::int FROM gone $$;`;

const CONSEQUENCES = `
-- What is told of an entry that nobody will be told of: to the secretariat, where it may read the entry,
-- else to those who may.
CREATE FUNCTION journal.untold(entry uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('proceedingId', e.proceeding_id, 'mechanism', p.mechanism,
    'compartment', CASE WHEN EXISTS (SELECT FROM casework.access a
        JOIN identity.principal s ON s.id = a.principal_id
        WHERE a.proceeding_id = e.proceeding_id AND a.compartment = e.compartment
          AND s.key = 'secretariat:' || p.mechanism)
      THEN 'desk:secretariat:' || p.mechanism ELSE e.compartment END,
    'event', b.body ->> 'what', 'deadline', b.body -> 'facts' ->> 'deadline',
    'side', NULL, 'channel', 'inbox')), '[]')
  FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id
  JOIN casework.proceeding p ON p.id = e.proceeding_id
  CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
  WHERE w.entry_id = entry AND NOT p.test AND e.compartment <> 'identity'
    AND NOT EXISTS (SELECT FROM identity.notice n WHERE n.entry_id = entry)
    AND b.body ->> 'what' <> 'notice-failed' $$;
-- Letters that keep failing before they are sent are looked at later.
CREATE FUNCTION identity.put_off_letters(those uuid[], pause interval) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE identity.delivery d SET look_at = now() + pause
  WHERE d.letter = ANY (those) AND d.look_at IS NOT NULL
    AND (d.claimed_until IS NULL OR d.claimed_until < now()) $$;
-- Letters that nobody sends any more; what is being sent or is settled stays as it is.
CREATE FUNCTION identity.give_up_letters(those uuid[], said text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE moment timestamptz := date_trunc('milliseconds', clock_timestamp()); mine uuid[]; gone uuid[];
BEGIN
  SELECT array_agg(f.id), array_agg(DISTINCT f.letter) INTO mine, gone FROM (SELECT d.id, d.letter
    FROM identity.delivery d WHERE d.letter = ANY (those)
      AND d.status IN ('queued', 'attempted', 'deferred')
      AND (d.claimed_until IS NULL OR d.claimed_until < now()) ORDER BY d.id FOR UPDATE) f;
  UPDATE identity.delivery_attempt t SET outcome = 'cut', ended_at = moment
    WHERE t.delivery_id = ANY (mine) AND t.outcome = 'attempted';
  UPDATE identity.delivery d SET status = 'failed', attempts = d.attempts + 1, claimed_until = NULL,
    look_at = NULL, settled_at = moment WHERE d.id = ANY (mine);
  INSERT INTO identity.delivery_attempt SELECT d.id, d.attempts, moment, moment, 'failed', said
    FROM identity.delivery d WHERE d.id = ANY (mine);
  RETURN (SELECT coalesce(jsonb_agg(a), '[]') FROM unnest(gone) g,
    jsonb_array_elements(identity.alarming(g)) a);
END $$;`;

const FUNCTIONS = `identity.keep_failed_job, identity.failed_job_keys, identity.heal_failed_job,
  identity.claim_failed_jobs, identity.failed_job_discarded, identity.count_failed_jobs,
  identity.forget_failed_jobs, journal.untold, identity.put_off_letters, identity.give_up_letters`;

/** Jobs that failed are kept, until they succeed or somebody decides what becomes of them. */
export class FailedJobs1700000039600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [TABLES, KEEPING, DECIDING, CONSEQUENCES]) await runner.query(part);
    await runner.query(`REVOKE ALL ON FUNCTION ${FUNCTIONS} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ${FUNCTIONS} TO comity_worker`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION ${FUNCTIONS};
ALTER TABLE journal.pending DROP COLUMN not_before;
DROP TABLE identity.failed_job`);
  }
}
