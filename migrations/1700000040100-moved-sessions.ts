import type { MigrationInterface, QueryRunner } from 'typeorm';

const TOGETHER = `
CREATE INDEX pending_since_ix ON journal.pending (since);
-- This entry that waits and, in their order, what else waits of the same act and was told to nobody yet: what
-- one transaction appended about one proceeding. Whoever asks tells of all of them, one after the other.
CREATE FUNCTION journal.act(entry uuid, events text[], most int) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE proceeding uuid; moment timestamptz;
BEGIN
  SELECT e.proceeding_id, w.since INTO proceeding, moment
    FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id WHERE w.entry_id = entry;
  PERFORM pg_advisory_xact_lock(4022, hashtext(proceeding::text));
  RETURN QUERY SELECT a.id FROM (SELECT e.id, e.compartment, e.n
      FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id
      WHERE w.entry_id = entry OR (w.since = moment AND e.proceeding_id = proceeding
        AND e.body::jsonb ->> 'what' = ANY (events)
        AND NOT EXISTS (SELECT FROM identity.notice n WHERE n.entry_id = e.id))
      ORDER BY e.id <> entry, e.compartment, e.n LIMIT most) a ORDER BY a.compartment, a.n;
END $$;
REVOKE ALL ON FUNCTION journal.act FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal.act TO comity_worker;`;

/** @param letter to which a delivery belongs that joins no digest */
const planning = (letter: string, fields: string): string => `
CREATE OR REPLACE FUNCTION identity.plan_deliveries(plans jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO identity.delivery
    SELECT p.id, p.notice, p.channel, p.target, 1, NULL, coalesce(w.letter, ${letter}), 'queued', false, 0,
      date_trunc('milliseconds', now()), p.due, NULL, p.due, NULL
    FROM jsonb_to_recordset(plans)
      AS p(id uuid, notice uuid, channel text, target uuid, digest boolean, due timestamptz${fields})
    LEFT JOIN LATERAL (SELECT d.letter FROM identity.notice mine
      JOIN identity.notice n ON n.account_id = mine.account_id
      JOIN identity.delivery d ON d.notice_id = n.id
      WHERE p.digest AND mine.id = p.notice AND d.channel = 'mail' AND d.status = 'queued'
        AND d.attempts = 0 AND d.nth = 1 AND d.due_at = p.due AND d.look_at = p.due LIMIT 1) w ON true
  ON CONFLICT (notice_id, channel, target, nth) DO NOTHING $$;`;

/** Who claims letters, whichever may be claimed. */
const claiming = (free: string, taken: string): string => `
CREATE OR REPLACE FUNCTION identity.claim_letters(wanted uuid[], lease interval)
RETURNS TABLE (letter uuid, account_id uuid, channel text, target uuid, attempt int, again boolean,
  deliveries jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE mine uuid[];
BEGIN
  SELECT array_agg(f.id) INTO mine FROM (SELECT d.id FROM identity.delivery d
    WHERE d.letter = ANY (wanted) AND d.status IN ('queued', 'attempted', 'deferred')
      AND d.due_at <= now() AND (d.claimed_until IS NULL OR d.claimed_until < now())${free}
    ORDER BY d.letter, d.id FOR UPDATE) f;
  UPDATE identity.delivery_attempt t SET outcome = 'cut', ended_at = now()
    WHERE t.delivery_id = ANY (mine) AND t.outcome = 'attempted';
  UPDATE identity.delivery d SET status = 'attempted', attempts = d.attempts + 1,
      again = d.again OR d.status = 'attempted', claimed_until = now() + lease,
      look_at = now() + lease${taken}
    WHERE d.id = ANY (mine);
  INSERT INTO identity.delivery_attempt
    SELECT d.id, d.attempts, date_trunc('milliseconds', now()), NULL, 'attempted', NULL
    FROM identity.delivery d WHERE d.id = ANY (mine);
  RETURN QUERY SELECT d.letter, n.account_id, d.channel, d.target, max(d.attempts), bool_or(d.again),
      jsonb_agg(jsonb_build_object('id', d.id, 'noticeId', n.id, 'nth', d.nth,
        'queuedAt', d.queued_at) ORDER BY n.told_at, n.id)
    FROM identity.delivery d JOIN identity.notice n ON n.id = d.notice_id
    WHERE d.id = ANY (mine) GROUP BY d.letter, n.account_id, d.channel, d.target;
END $$;`;

/** What becomes of letters that were not accepted: how those are put back that were not tried. */
const settling = (outcomes: string, back: string): string => `
CREATE OR REPLACE FUNCTION identity.settle_letter(sent uuid, attempt int, became text, said text,
  next timestamptz, unsure boolean) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE moment timestamptz := date_trunc('milliseconds', clock_timestamp()); mine uuid[];
BEGIN
  IF became NOT IN ('deferred', 'failed', ${outcomes}) THEN
    RAISE EXCEPTION 'no such outcome' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT array_agg(f.id) INTO mine FROM (SELECT d.id FROM identity.delivery d WHERE d.letter = sent
    AND d.status = 'attempted' AND d.attempts = attempt ORDER BY d.id FOR UPDATE) f;
  IF mine IS NULL THEN RETURN '[]'; END IF;
  IF became IN (${outcomes}) THEN
    DELETE FROM identity.delivery_attempt t WHERE t.delivery_id = ANY (mine) AND t.n = attempt;
    UPDATE identity.delivery d SET status = CASE WHEN attempt > 1 THEN 'deferred' ELSE 'queued' END,
        attempts = attempt - 1, ${back}, look_at = next, claimed_until = NULL
      WHERE d.id = ANY (mine);
    RETURN '[]';
  END IF;
  UPDATE identity.delivery_attempt t SET outcome = became, answer = said, ended_at = moment
    WHERE t.delivery_id = ANY (mine) AND t.n = attempt;
  UPDATE identity.delivery d SET status = became, claimed_until = NULL,
      again = d.again OR unsure,
      due_at = CASE WHEN became = 'deferred' THEN next ELSE d.due_at END,
      look_at = CASE WHEN became = 'deferred' THEN next END,
      settled_at = CASE WHEN became <> 'deferred' THEN moment END
    WHERE d.id = ANY (mine);
  IF became <> 'failed' THEN RETURN '[]'; END IF;
  RETURN identity.alarming(sent);
END $$;`;

const PUT_BACK = `
-- Until when nobody takes it, though it is due: there was no room for it.
ALTER TABLE identity.delivery ADD COLUMN not_before timestamptz;
${claiming(
  `
      AND (d.not_before IS NULL OR d.not_before <= now())`,
  ', not_before = NULL',
)}
-- What its recipient does not wish to have yet ("held") is due later; what there was no room for ("put-back")
-- has been due all the while.
${settling(
  "'held', 'put-back'",
  `due_at = CASE WHEN became = 'held' THEN next ELSE d.due_at END,
        not_before = CASE WHEN became = 'put-back' THEN next END`,
).trim()}`;

const UNTRIED = `
-- Whoever was let through after a wait was put back untried: the next may try, if nothing failed meanwhile.
CREATE FUNCTION identity.webhook_untried(webhook uuid, seen int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE identity.webhook t SET retry_at = date_trunc('milliseconds', clock_timestamp())
  WHERE t.id = webhook AND t.status = 'active' AND t.failures = seen
    AND t.retry_at > clock_timestamp() $$;
REVOKE ALL ON FUNCTION identity.webhook_untried FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.webhook_untried TO comity_worker;`;

/** What one act did is told in one letter, and a letter that is put back is due as before. */
export class MovedSessions1700000040100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const planned = planning('p.letter, p.id', ', letter uuid');
    for (const part of [TOGETHER, planned, PUT_BACK, UNTRIED]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION identity.webhook_untried;
UPDATE identity.delivery SET due_at = greatest(due_at, not_before) WHERE settled_at IS NULL;
${settling("'held'", 'due_at = next')}
${claiming('', '')}
ALTER TABLE identity.delivery DROP COLUMN not_before;
${planning('p.id', '')}
DROP FUNCTION journal.act;
DROP INDEX journal.pending_since_ix`);
  }
}
