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
    ('queued', 'attempted', 'accepted', 'deferred', 'failed', 'withheld', 'declined')),
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
CREATE POLICY as_recipient ON journal.entry AS RESTRICTIVE FOR SELECT TO comity_worker
  USING (identity.viewer() IS NOT NULL);
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
-- Plans deliveries, each once however often it is planned. One that is to be part of a digest joins what
-- waits for the same instant and has never been tried; tellings come one after the other.
CREATE FUNCTION identity.plan_deliveries(plans jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO identity.delivery
    SELECT p.id, p.notice, p.channel, p.target, 1, NULL, coalesce(w.letter, p.id), 'queued', false, 0,
      date_trunc('milliseconds', now()), p.due, NULL, p.due, NULL
    FROM jsonb_to_recordset(plans)
      AS p(id uuid, notice uuid, channel text, target uuid, digest boolean, due timestamptz)
    LEFT JOIN LATERAL (SELECT d.letter FROM identity.notice mine
      JOIN identity.notice n ON n.account_id = mine.account_id
      JOIN identity.delivery d ON d.notice_id = n.id
      WHERE p.digest AND mine.id = p.notice AND d.channel = 'mail' AND d.status = 'queued'
        AND d.attempts = 0 AND d.nth = 1 AND d.due_at = p.due AND d.look_at = p.due LIMIT 1) w ON true
  ON CONFLICT (notice_id, channel, target, nth) DO NOTHING $$;`;

const QUEUEING = `
-- Letters that somebody should look at now, held until the transaction ends.
CREATE FUNCTION identity.due_letters(most int) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH due AS MATERIALIZED (SELECT d.letter, d.look_at FROM identity.delivery d
    WHERE d.look_at <= now() ORDER BY d.look_at LIMIT most FOR UPDATE SKIP LOCKED)
  SELECT due.letter FROM due GROUP BY due.letter ORDER BY min(due.look_at) $$;
-- They are in the queue: who finds them there later than this has the queue to thank for it.
CREATE FUNCTION identity.letters_carried(carried uuid[], patience interval) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE identity.delivery d SET look_at = now() + patience
  WHERE d.id IN (SELECT x.id FROM identity.delivery x
    WHERE x.letter = ANY (carried) AND x.look_at <= now() FOR UPDATE SKIP LOCKED) $$;`;

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
-- What the recipient may no longer read is not sent, nor what they do not want.
CREATE FUNCTION identity.withhold_deliveries(those uuid[], became text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH gone AS (DELETE FROM identity.delivery_attempt t
    WHERE t.delivery_id = ANY (those) AND t.outcome = 'attempted')
  UPDATE identity.delivery d SET status = became, claimed_until = NULL, look_at = NULL,
    settled_at = date_trunc('milliseconds', now())
  WHERE d.id = ANY (those) AND d.status = 'attempted' AND became IN ('withheld', 'declined') $$;`;

const RIGHTS = `
REVOKE ALL ON FUNCTION identity.told, identity.plan_deliveries, identity.due_letters,
  identity.letters_carried, identity.claim_letters, identity.enter_recipient,
  identity.withhold_deliveries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.told, identity.plan_deliveries, identity.due_letters,
  identity.letters_carried, identity.claim_letters, identity.enter_recipient,
  identity.withhold_deliveries TO comity_worker;`;

/** How notices reach people outside: each delivery once, with all that was answered. */
export class Deliveries1700000039400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [TABLES, PLANNING, QUEUEING, WISHING, SENDING, RIGHTS])
      await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION identity.told, identity.plan_deliveries, identity.due_letters,
  identity.letters_carried, identity.claim_letters, identity.enter_recipient,
  identity.withhold_deliveries, identity.look_again;
REVOKE SELECT, INSERT, UPDATE ON identity.allowance FROM comity_worker;
DROP POLICY as_recipient ON journal.entry;
REVOKE SELECT ON identity.notice, journal.entry FROM comity_worker;
DROP TABLE identity.delivery_attempt;
DROP TABLE identity.delivery`);
  }
}
