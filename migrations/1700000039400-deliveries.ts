import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- A notice on its way by one channel to one recipient, once; sent again on demand it is another row.
CREATE TABLE identity.delivery (
  id uuid CONSTRAINT delivery_pk PRIMARY KEY,
  notice_id uuid NOT NULL CONSTRAINT delivery_notice_fk REFERENCES identity.notice,
  channel text NOT NULL CONSTRAINT delivery_channel_ck CHECK (channel IN ('mail', 'webhook')),
  target uuid,
  nth int NOT NULL,
  reason text,
  letter uuid NOT NULL,
  status text NOT NULL CONSTRAINT delivery_status_ck CHECK (status IN
    ('queued', 'attempted', 'accepted', 'deferred', 'failed', 'withheld')),
  again boolean NOT NULL,
  attempts int NOT NULL,
  queued_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  claimed_until timestamptz,
  look_at timestamptz,
  settled_at timestamptz,
  CONSTRAINT delivery_once_uq UNIQUE NULLS NOT DISTINCT (notice_id, channel, target, nth)
);
CREATE INDEX delivery_look_ix ON identity.delivery (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX delivery_letter_ix ON identity.delivery (letter);
CREATE INDEX delivery_settled_ix ON identity.delivery (settled_at) WHERE settled_at IS NOT NULL;
ALTER TABLE identity.delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.delivery USING (EXISTS (SELECT FROM identity.notice n
  WHERE n.id = notice_id AND n.account_id = identity.viewer()));
GRANT SELECT ON identity.delivery TO comity_app;
-- Each time that it was handed over, and what was answered.
CREATE TABLE identity.delivery_attempt (
  delivery_id uuid NOT NULL CONSTRAINT delivery_attempt_delivery_fk REFERENCES identity.delivery,
  n int NOT NULL,
  began_at timestamptz NOT NULL,
  ended_at timestamptz,
  outcome text NOT NULL CONSTRAINT delivery_attempt_outcome_ck CHECK (outcome IN
    ('attempted', 'accepted', 'deferred', 'failed', 'cut', 'bounced')),
  answer text,
  CONSTRAINT delivery_attempt_pk PRIMARY KEY (delivery_id, n)
);
ALTER TABLE identity.delivery_attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.delivery_attempt USING (EXISTS (SELECT FROM identity.delivery d
  WHERE d.id = delivery_id));
GRANT SELECT ON identity.delivery_attempt TO comity_app;
-- A letter is written as its recipient reads.
GRANT SELECT ON identity.notice, journal.entry TO comity_worker;
-- What may be sent to one host is counted by all workers together.
GRANT SELECT, INSERT, UPDATE ON identity.allowance TO comity_worker;`;

const PLANNING = `
-- Who was told of an entry that waits, and where each has it posted.
CREATE FUNCTION identity.told(entry uuid)
RETURNS TABLE (notice_id uuid, account_id uuid, event text, hooks uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT n.id, n.account_id, b.what, ARRAY(SELECT identity.webhooks_for(n.account_id, b.what))
  FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id
  CROSS JOIN LATERAL (SELECT e.body::jsonb ->> 'what' AS what) b
  JOIN identity.notice n ON n.entry_id = w.entry_id
  WHERE w.entry_id = entry $$;
-- Plans deliveries, each once however often it is planned.
CREATE FUNCTION identity.plan_deliveries(plans jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO identity.delivery
    SELECT p.id, p.notice, p.channel, p.target, 1, NULL, p.letter, 'queued', false, 0,
      date_trunc('milliseconds', now()), p.due, NULL, p.due, NULL
    FROM jsonb_to_recordset(plans)
      AS p(id uuid, notice uuid, channel text, target uuid, letter uuid, due timestamptz)
  ON CONFLICT (notice_id, channel, target, nth) DO NOTHING $$;`;

const QUEUEING = `
-- Letters that somebody should look at now, held until the transaction ends.
CREATE FUNCTION identity.due_letters(most int) RETURNS TABLE (letter uuid, channel text, target uuid)
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH due AS MATERIALIZED (SELECT d.letter, d.channel, d.target FROM identity.delivery d
    WHERE d.look_at <= now() ORDER BY d.look_at LIMIT most FOR UPDATE SKIP LOCKED)
  SELECT DISTINCT due.letter, due.channel, due.target FROM due ORDER BY due.channel, due.target $$;
-- They are in the queue: who finds them there later than this has the queue to thank for it.
CREATE FUNCTION identity.letters_carried(carried uuid[], patience interval) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE identity.delivery d SET look_at = now() + patience
  WHERE d.letter = ANY (carried) AND d.look_at <= now() $$;`;

const WISHING = `
-- Whoever wishes to be told otherwise has what waits for them looked at anew.
CREATE FUNCTION identity.look_again() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE identity.delivery d SET due_at = least(d.due_at, now()), look_at = least(d.look_at, now())
  FROM identity.notice n WHERE n.id = d.notice_id AND n.account_id = identity.viewer()
    AND d.channel = 'mail' AND d.status = 'queued' $$;
REVOKE ALL ON FUNCTION identity.look_again FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.look_again TO comity_app;`;

const SENDING = `
-- Takes letters that are due for one worker, for so long; what another worker has is left out. One whose
-- lease ran out was cut off: it may have arrived.
CREATE FUNCTION identity.claim_letters(wanted uuid[], lease interval)
RETURNS TABLE (letter uuid, account_id uuid, channel text, target uuid, attempt int, again boolean,
  deliveries jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE mine uuid[];
BEGIN
  SELECT array_agg(f.id) INTO mine FROM (SELECT d.id FROM identity.delivery d
    WHERE d.letter = ANY (wanted) AND d.status IN ('queued', 'attempted', 'deferred')
      AND d.due_at <= now() AND (d.claimed_until IS NULL OR d.claimed_until < now())
    ORDER BY d.letter, d.id FOR UPDATE) f;
  UPDATE identity.delivery_attempt t SET outcome = 'cut', ended_at = now()
    WHERE t.delivery_id = ANY (mine) AND t.outcome = 'attempted';
  UPDATE identity.delivery d SET status = 'attempted', attempts = d.attempts + 1,
      again = d.again OR d.status = 'attempted', claimed_until = now() + lease,
      look_at = now() + lease
    WHERE d.id = ANY (mine);
  INSERT INTO identity.delivery_attempt
    SELECT d.id, d.attempts, date_trunc('milliseconds', now()), NULL, 'attempted', NULL
    FROM identity.delivery d WHERE d.id = ANY (mine);
  RETURN QUERY SELECT d.letter, n.account_id, d.channel, d.target, max(d.attempts), bool_or(d.again),
      jsonb_agg(jsonb_build_object('id', d.id, 'noticeId', n.id, 'nth', d.nth,
        'queuedAt', d.queued_at) ORDER BY n.told_at, n.id)
    FROM identity.delivery d JOIN identity.notice n ON n.id = d.notice_id
    WHERE d.id = ANY (mine) GROUP BY d.letter, n.account_id, d.channel, d.target;
END $$;
-- Makes the transaction that of the recipient of a letter that is being written.
CREATE FUNCTION identity.enter_recipient(written uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE who uuid;
BEGIN
  SELECT n.account_id INTO who FROM identity.delivery d JOIN identity.notice n ON n.id = d.notice_id
    WHERE d.letter = written AND d.status = 'attempted' AND d.claimed_until > now() LIMIT 1;
  IF who IS NULL THEN
    RAISE EXCEPTION 'nobody writes this letter' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN identity.enter(who);
END $$;
-- What the recipient may no longer read is not sent.
CREATE FUNCTION identity.withhold_deliveries(those uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH gone AS (DELETE FROM identity.delivery_attempt t
    WHERE t.delivery_id = ANY (those) AND t.outcome = 'attempted')
  UPDATE identity.delivery d SET status = 'withheld', claimed_until = NULL, look_at = NULL,
    settled_at = date_trunc('milliseconds', now())
  WHERE d.id = ANY (those) AND d.status = 'attempted' $$;`;

const SETTLING = `
-- What the secretariat has to know of a letter that did not arrive: of deadlines and of what is urgent,
-- as far as it may know that the recipient is concerned.
CREATE FUNCTION identity.alarming(undelivered uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('proceedingId', e.proceeding_id,
    'mechanism', p.mechanism, 'event', b.body ->> 'what', 'deadline', b.body -> 'facts' ->> 'deadline',
    'side', k.key, 'channel', d.channel)), '[]')
  FROM identity.delivery d JOIN identity.notice n ON n.id = d.notice_id
  JOIN journal.entry e ON e.id = n.entry_id JOIN casework.proceeding p ON p.id = e.proceeding_id
  CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
  JOIN identity.membership m ON m.account_id = n.account_id AND m.revoked_at IS NULL
  JOIN identity.principal k ON k.id = m.principal_id
  WHERE d.letter = undelivered AND d.status = 'failed' AND NOT p.test
    AND b.body ->> 'what' <> 'notice-failed'
    AND (n.urgency = 'urgent' OR b.body -> 'facts' ->> 'deadline' IS NOT NULL)
    AND EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = e.proceeding_id
      AND a.compartment = e.compartment AND a.principal_id IN (k.id, k.within))
    AND (EXISTS (SELECT FROM casework.participant t WHERE t.proceeding_id = e.proceeding_id
        AND t.principal_id = k.id)
      OR EXISTS (SELECT FROM casework.access a JOIN identity.principal s ON s.id = a.principal_id
        WHERE a.proceeding_id = e.proceeding_id AND a.compartment = e.compartment
          AND s.key = 'secretariat:' || p.mechanism)) $$;
-- What became of an attempt; of one that is not the last nothing is believed any more.
CREATE FUNCTION identity.settle_letter(sent uuid, attempt int, became text, said text, pause interval)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE moment timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  IF became = 'held' THEN
    DELETE FROM identity.delivery_attempt t USING identity.delivery d
      WHERE d.letter = sent AND d.status = 'attempted' AND t.delivery_id = d.id
        AND t.n = d.attempts AND t.n = attempt;
    UPDATE identity.delivery d SET status = CASE WHEN attempt > 1 THEN 'deferred' ELSE 'queued' END,
        attempts = attempt - 1, due_at = moment + pause, look_at = moment + pause,
        claimed_until = NULL
      WHERE d.letter = sent AND d.status = 'attempted' AND d.attempts = attempt;
    RETURN '[]';
  END IF;
  UPDATE identity.delivery_attempt t SET outcome = became, answer = said, ended_at = moment
    FROM identity.delivery d WHERE d.letter = sent AND d.status = 'attempted'
      AND t.delivery_id = d.id AND t.n = d.attempts AND t.n = attempt;
  UPDATE identity.delivery d SET status = became, claimed_until = NULL,
      due_at = CASE WHEN became = 'deferred' THEN moment + pause ELSE d.due_at END,
      look_at = CASE WHEN became = 'deferred' THEN moment + pause END,
      settled_at = CASE WHEN became <> 'deferred' THEN moment END
    WHERE d.letter = sent AND d.status = 'attempted' AND d.attempts = attempt;
  IF became <> 'failed' OR NOT FOUND THEN RETURN '[]'; END IF;
  RETURN identity.alarming(sent);
END $$;
-- It was accepted on the way, and came back.
CREATE FUNCTION identity.bounce_letter(sent uuid, said text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  UPDATE identity.delivery_attempt t SET outcome = 'bounced', answer = said
    FROM identity.delivery d WHERE d.letter = sent AND d.channel = 'mail' AND d.status = 'accepted'
      AND t.delivery_id = d.id AND t.n = d.attempts;
  UPDATE identity.delivery d SET status = 'failed', settled_at = date_trunc('milliseconds', now())
    WHERE d.letter = sent AND d.channel = 'mail' AND d.status = 'accepted';
  IF NOT FOUND THEN RETURN NULL; END IF;
  RETURN identity.alarming(sent);
END $$;`;

const COUNTING = `
-- What is not settled: how much, and since when it is due, in seconds.
CREATE FUNCTION identity.count_deliveries()
RETURNS TABLE (channel text, status text, many int, overdue float8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT d.channel, d.status, count(*)::int,
    greatest(0, extract(epoch FROM now() - min(d.due_at)))::float8
  FROM identity.delivery d WHERE d.look_at IS NOT NULL GROUP BY d.channel, d.status $$;
-- Forgets how long settled deliveries went; the notices stay.
CREATE FUNCTION identity.forget_deliveries(kept interval, most int) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH old AS MATERIALIZED (SELECT d.id FROM identity.delivery d WHERE d.settled_at < now() - kept
      ORDER BY d.settled_at LIMIT most),
    t AS (DELETE FROM identity.delivery_attempt a USING old WHERE a.delivery_id = old.id),
    d AS (DELETE FROM identity.delivery a USING old WHERE a.id = old.id RETURNING 1)
  SELECT count(*)::int FROM d $$;`;

const RIGHTS = `
REVOKE ALL ON FUNCTION identity.told, identity.plan_deliveries, identity.due_letters,
  identity.letters_carried, identity.claim_letters, identity.enter_recipient,
  identity.withhold_deliveries, identity.alarming, identity.settle_letter, identity.bounce_letter,
  identity.count_deliveries, identity.forget_deliveries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.told, identity.plan_deliveries, identity.due_letters,
  identity.letters_carried, identity.claim_letters, identity.enter_recipient,
  identity.withhold_deliveries, identity.settle_letter, identity.bounce_letter,
  identity.count_deliveries, identity.forget_deliveries TO comity_worker;`;

/** How notices reach people outside: each delivery once, with all that was answered. */
export class Deliveries1700000039400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [TABLES, PLANNING, QUEUEING, WISHING, SENDING, SETTLING, COUNTING, RIGHTS])
      await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION identity.told, identity.plan_deliveries, identity.due_letters,
  identity.letters_carried, identity.claim_letters, identity.enter_recipient,
  identity.withhold_deliveries, identity.settle_letter, identity.bounce_letter, identity.alarming,
  identity.count_deliveries, identity.forget_deliveries, identity.look_again;
REVOKE SELECT, INSERT, UPDATE ON identity.allowance FROM comity_worker;
REVOKE SELECT ON identity.notice, journal.entry FROM comity_worker;
DROP TABLE identity.delivery_attempt;
DROP TABLE identity.delivery`);
  }
}
