import type { MigrationInterface, QueryRunner } from 'typeorm';

const FUNCTIONS = `
CREATE INDEX notice_entry_ix ON identity.notice (entry_id);
-- How the notices of a proceeding reached people: for its secretariat, and for a side that acted, of what it
-- did. Organizations are not named; of answers the secretariat gets the codes, for words may name people.
CREATE FUNCTION identity.proofs(proceeding uuid, room text, number int, only_status text,
  before timestamptz, before_id uuid, most int)
RETURNS TABLE (id uuid, compartment text, n int, event text, side text, urgency text,
  told_at timestamptz, read_at timestamptz, deliveries jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  WITH own AS MATERIALIZED (SELECT p.key FROM identity.principal p
      WHERE p.id = ANY (identity.principals()) AND p.key ~ '^(state|organization|body|secretariat):'),
    seen AS MATERIALIZED (SELECT e.id, e.proceeding_id, e.compartment, e.n, e.body::jsonb AS body, o.office
      FROM journal.entry e JOIN casework.proceeding p ON p.id = e.proceeding_id
      CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM own
        WHERE own.key = 'secretariat:' || p.mechanism) AS office) o
      WHERE e.proceeding_id = proceeding AND (room IS NULL OR e.compartment = room)
        AND (number IS NULL OR e.n = number)
        AND EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = e.proceeding_id
          AND a.compartment = e.compartment AND a.principal_id = ANY (identity.principals()))
        AND NOT EXISTS (SELECT FROM casework.exclusion x
          WHERE x.proceeding_id = e.proceeding_id AND x.account_id = identity.viewer())
        AND (o.office OR EXISTS (SELECT FROM own WHERE own.key IN (e.body::jsonb ->> 'by',
          e.body::jsonb ->> 'onBehalfOf')))),
    page AS MATERIALIZED (SELECT t.id, t.account_id, t.urgency, t.told_at, t.read_at, s.proceeding_id,
        s.compartment, s.n, s.body ->> 'what' AS what, s.office
      FROM seen s JOIN identity.notice t ON t.entry_id = s.id
      WHERE (before IS NULL OR (t.told_at, t.id) < (before, before_id))
        AND (only_status IS NULL OR EXISTS (SELECT FROM identity.delivery f
          WHERE f.notice_id = t.id AND f.status = only_status))
      ORDER BY t.told_at DESC, t.id DESC LIMIT most)
  SELECT t.id, t.compartment, t.n, t.what,
    coalesce((SELECT min(p.key) FROM identity.membership m
        JOIN identity.principal p ON p.id = m.principal_id
        WHERE m.account_id = t.account_id AND m.revoked_at IS NULL
          AND p.key IN (SELECT own.key FROM own)),
      identity.side_told(t.account_id, t.proceeding_id, t.compartment)),
    t.urgency, t.told_at, t.read_at,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'channel', d.channel,
        'status', d.status, 'nth', d.nth, 'again', d.again, 'attempts', d.attempts,
        'dueAt', d.due_at, 'settledAt', d.settled_at, 'answer', (SELECT CASE WHEN t.office
            AND d.channel = 'mail' THEN
            substring(y.answer FROM '[245][0-9][0-9](?:[ -][245]\\.[0-9]+\\.[0-9]+)?') END
          FROM identity.delivery_attempt y WHERE y.delivery_id = d.id ORDER BY y.n DESC LIMIT 1))
        ORDER BY d.channel, d.queued_at, d.id), '[]')
      FROM identity.delivery d WHERE d.notice_id = t.id)
  FROM page t ORDER BY t.told_at DESC, t.id DESC $$;
-- Sends again what was sent to oneself, or, as the secretariat, to anybody in a proceeding of its own, where
-- the last time is settled.
CREATE FUNCTION identity.send_again(sent uuid, fresh uuid, why text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE d identity.delivery; told identity.notice; e journal.entry; p casework.proceeding; own boolean;
  last identity.delivery;
BEGIN
  SELECT x.* INTO d FROM identity.delivery x WHERE x.id = sent;
  SELECT x.* INTO told FROM identity.notice x WHERE x.id = d.notice_id FOR UPDATE;
  SELECT x.* INTO e FROM journal.entry x WHERE x.id = told.entry_id;
  SELECT x.* INTO p FROM casework.proceeding x WHERE x.id = e.proceeding_id;
  own := told.account_id = identity.viewer();
  IF own IS NULL OR NOT EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = e.proceeding_id
      AND a.compartment = e.compartment AND a.principal_id = ANY (identity.principals()))
    OR EXISTS (SELECT FROM casework.exclusion x
      WHERE x.proceeding_id = e.proceeding_id AND x.account_id = identity.viewer())
    OR NOT (own OR EXISTS (SELECT FROM identity.principal k
      WHERE k.id = ANY (identity.principals()) AND k.key = 'secretariat:' || p.mechanism)) THEN
    RETURN NULL;
  END IF;
  SELECT x.* INTO last FROM identity.delivery x WHERE x.notice_id = d.notice_id
    AND x.channel = d.channel AND x.target IS NOT DISTINCT FROM d.target ORDER BY x.nth DESC LIMIT 1;
  IF last.settled_at IS NULL THEN RETURN jsonb_build_object('refused', 'delivery-under-way'); END IF;
  IF last.nth >= 10 THEN RETURN jsonb_build_object('refused', 'resent-too-often'); END IF;
  INSERT INTO identity.delivery VALUES (fresh, d.notice_id, d.channel, d.target, last.nth + 1, why,
    fresh, 'queued', true, 0, date_trunc('milliseconds', now()), date_trunc('milliseconds', now()),
    NULL, now(), NULL);
  RETURN jsonb_build_object('own', own, 'proceedingId', p.id, 'mechanism', p.mechanism,
    'event', e.body::jsonb ->> 'what', 'channel', d.channel, 'compartment', e.compartment, 'n', e.n);
END $$;
REVOKE ALL ON FUNCTION identity.proofs, identity.send_again FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.proofs, identity.send_again TO comity_app;`;

/** How notices reached people is told to whom it concerns, and what failed is sent again. */
export class Proofs1700000039500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FUNCTIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION identity.proofs, identity.send_again;
DROP INDEX identity.notice_entry_ix`);
  }
}
