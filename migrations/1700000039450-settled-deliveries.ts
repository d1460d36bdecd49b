import type { MigrationInterface, QueryRunner } from 'typeorm';

const SETTLING = `
-- Whose somebody is who is told of what lies there, as others may know it: organizations are not named.
CREATE FUNCTION identity.side_told(who uuid, proceeding uuid, room text) RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT CASE WHEN min(k.key) LIKE 'organization:%' THEN 'organization' ELSE min(k.key) END
  FROM identity.membership m JOIN identity.principal k ON k.id = m.principal_id
  JOIN identity.account c ON c.id = m.account_id AND c.disabled_at IS NULL
  WHERE m.account_id = who AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())
    AND EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = proceeding
      AND a.compartment = room AND a.principal_id IN (k.id, k.within))
    AND NOT EXISTS (SELECT FROM casework.exclusion x
      WHERE x.proceeding_id = proceeding AND x.account_id = who) $$;
-- What the secretariat has to know of a letter that did not arrive, nor anything in its place: of deadlines
-- and of what is urgent, as far as it may know that the recipient is concerned; once for an entry and side.
CREATE FUNCTION identity.alarming(undelivered uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('proceedingId', e.proceeding_id,
    'mechanism', p.mechanism, 'event', b.body ->> 'what', 'deadline', b.body -> 'facts' ->> 'deadline',
    'side', k.side, 'channel', d.channel)), '[]')
  FROM identity.delivery d JOIN identity.notice n ON n.id = d.notice_id
  JOIN journal.entry e ON e.id = n.entry_id JOIN casework.proceeding p ON p.id = e.proceeding_id
  CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
  CROSS JOIN LATERAL (SELECT identity.side_told(n.account_id, e.proceeding_id, e.compartment) AS side) k
  WHERE d.letter = undelivered AND d.status = 'failed' AND NOT p.test
    AND b.body ->> 'what' <> 'notice-failed'
    AND (n.urgency = 'urgent' OR b.body -> 'facts' ->> 'deadline' IS NOT NULL)
    AND k.side IS NOT NULL
    AND (EXISTS (SELECT FROM casework.participant t JOIN identity.principal s ON s.id = t.principal_id
        WHERE t.proceeding_id = e.proceeding_id AND s.key = k.side)
      OR EXISTS (SELECT FROM casework.access a JOIN identity.principal s ON s.id = a.principal_id
        WHERE a.proceeding_id = e.proceeding_id AND a.compartment = e.compartment
          AND s.key = 'secretariat:' || p.mechanism))
    AND NOT EXISTS (SELECT FROM identity.delivery o WHERE o.notice_id = n.id AND o.id <> d.id
      AND o.status IN ('accepted', 'queued', 'attempted', 'deferred'))
    AND NOT EXISTS (SELECT FROM identity.delivery o JOIN identity.notice m ON m.id = o.notice_id
      WHERE m.entry_id = n.entry_id AND o.letter <> d.letter AND o.status = 'failed'
        AND identity.side_told(m.account_id, e.proceeding_id, e.compartment) = k.side) $$;
-- What became of an attempt; of one that is not the last nothing is believed any more. Where nobody knows
-- whether it arrived ("unsure"), the next one is marked. That it was accepted is not waited for until it is on
-- the disk: what a crash of the database takes back goes again, marked.
CREATE FUNCTION identity.settle_letter(sent uuid, attempt int, became text, said text,
  next timestamptz, unsure boolean) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE moment timestamptz := date_trunc('milliseconds', clock_timestamp()); mine uuid[];
BEGIN
  IF became = 'accepted' THEN PERFORM set_config('synchronous_commit', 'off', true); END IF;
  SELECT array_agg(f.id) INTO mine FROM (SELECT d.id FROM identity.delivery d WHERE d.letter = sent
    AND d.status = 'attempted' AND d.attempts = attempt ORDER BY d.id FOR UPDATE) f;
  IF mine IS NULL THEN RETURN '[]'; END IF;
  IF became = 'held' THEN
    DELETE FROM identity.delivery_attempt t WHERE t.delivery_id = ANY (mine) AND t.n = attempt;
    UPDATE identity.delivery d SET status = CASE WHEN attempt > 1 THEN 'deferred' ELSE 'queued' END,
        attempts = attempt - 1, due_at = next, look_at = next, claimed_until = NULL
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
END $$;
-- It was accepted on the way, and came back, as somebody says who knows its name: that is kept beside what
-- was answered. Believed for five days, and not of what has been read.
CREATE FUNCTION identity.bounce_letter(sent uuid, said text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE back uuid[]; moment timestamptz := date_trunc('milliseconds', now());
BEGIN
  SELECT array_agg(d.id) INTO back FROM identity.delivery d
    JOIN identity.notice n ON n.id = d.notice_id
    WHERE d.letter = sent AND d.channel = 'mail' AND d.status = 'accepted'
      AND d.settled_at > now() - interval '5 days' AND n.read_at IS NULL;
  IF back IS NULL THEN RETURN NULL; END IF;
  INSERT INTO identity.delivery_attempt
    SELECT d.id, d.attempts + 1, moment, moment, 'bounced', said
    FROM identity.delivery d WHERE d.id = ANY (back);
  UPDATE identity.delivery d SET status = 'failed', attempts = d.attempts + 1, settled_at = moment
    WHERE d.id = ANY (back);
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
-- Forgets after two years how deliveries went; the notices stay.
CREATE FUNCTION identity.forget_deliveries(most int) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH old AS MATERIALIZED (SELECT d.id FROM identity.delivery d WHERE d.settled_at < now() - interval '2 years'
      ORDER BY d.settled_at LIMIT most),
    t AS (DELETE FROM identity.delivery_attempt a USING old WHERE a.delivery_id = old.id),
    d AS (DELETE FROM identity.delivery a USING old WHERE a.id = old.id RETURNING 1)
  SELECT count(*)::int FROM d $$;`;

const RIGHTS = `
REVOKE ALL ON FUNCTION identity.side_told, identity.alarming, identity.settle_letter,
  identity.bounce_letter, identity.count_deliveries, identity.forget_deliveries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.settle_letter, identity.bounce_letter,
  identity.count_deliveries, identity.forget_deliveries TO comity_worker;`;

/** What became of deliveries, who has to know of it, and for how long it is known. */
export class SettledDeliveries1700000039450 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [SETTLING, COUNTING, RIGHTS]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION identity.forget_deliveries, identity.count_deliveries, identity.bounce_letter,
  identity.settle_letter, identity.alarming, identity.side_told`);
  }
}
