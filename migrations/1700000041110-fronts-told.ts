import type { MigrationInterface, QueryRunner } from 'typeorm';

/** @param fronts those who read through a front, if they do */
const reading = (fronts = ''): string => `
CREATE OR REPLACE FUNCTION journal.readers(entry uuid)
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
  GROUP BY m.account_id, p.key, g.key, m.role${fronts} $$;`;

const THROUGH_FRONTS = `
  UNION SELECT m.account_id, p.key, NULL, m.role
  FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id
  JOIN casework.access a ON a.proceeding_id = e.proceeding_id AND a.compartment = e.compartment
  JOIN identity.front f ON f.principal_id = a.principal_id
  JOIN identity.principal p ON p.id = f.principal_id
  JOIN identity.membership m ON m.principal_id = f.behind_id AND m.revoked_at IS NULL
    AND (m.until IS NULL OR m.until > now())
  JOIN identity.account c ON c.id = m.account_id AND c.disabled_at IS NULL
  WHERE w.entry_id = entry
    AND NOT EXISTS (SELECT FROM casework.exclusion x
      WHERE x.proceeding_id = e.proceeding_id AND x.account_id = m.account_id)`;

/** @param held the sides of a membership */
const told = (held: string): string => `
CREATE OR REPLACE FUNCTION identity.side_told(who uuid, proceeding uuid, room text) RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT CASE WHEN min(k.key) LIKE 'organization:%' THEN 'organization' ELSE min(k.key) END
  FROM identity.membership m ${held}
  JOIN identity.account c ON c.id = m.account_id AND c.disabled_at IS NULL
  WHERE m.account_id = who AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())
    AND EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = proceeding
      AND a.compartment = room AND a.principal_id IN (k.id, k.within))
    AND NOT EXISTS (SELECT FROM casework.exclusion x
      WHERE x.proceeding_id = proceeding AND x.account_id = who) $$;`;

const OWN = 'JOIN identity.principal k ON k.id = m.principal_id';
const OWN_AND_FRONTS = `CROSS JOIN LATERAL (SELECT p.id, p.key, p.within
      FROM identity.principal p WHERE p.id = m.principal_id
    UNION ALL SELECT p.id, p.key, NULL FROM identity.front f
      JOIN identity.principal p ON p.id = f.principal_id WHERE f.behind_id = m.principal_id) k`;

const FRONT_TOLD = `
-- The front through which somebody reads, or has read, what lies there.
CREATE FUNCTION identity.front_told(who uuid, proceeding uuid, room text) RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT min(p.key) FROM casework.access a
  JOIN identity.principal p ON p.id = a.principal_id AND p.kind = 'communicant'
  LEFT JOIN identity.front f ON f.principal_id = p.id
  WHERE a.proceeding_id = proceeding AND a.compartment = room
    AND EXISTS (SELECT FROM identity.membership m
      WHERE m.account_id = who AND m.principal_id IN (p.id, f.behind_id)) $$;
REVOKE ALL ON FUNCTION identity.front_told FROM PUBLIC;`;

interface Proving {
  readonly sides: string;
  readonly fronted: string;
  readonly front: string;
  readonly once: string;
  readonly through: string;
}
const BEFORE: Proving = { sides: '', fronted: '', front: '', once: '', through: '' };
/**
 * Whoever stands behind a front is shown to themselves alone: when they read, and whether they have mail,
 * would tell who they are. Who sits on a side of the viewer's too is one of its people, where it was told.
 */
const FRONTED: Proving = {
  sides: '|communicant',
  fronted: `,
        EXISTS (SELECT FROM casework.access a JOIN identity.principal k ON k.id = a.principal_id
          WHERE a.proceeding_id = e.proceeding_id AND a.compartment = e.compartment
            AND k.kind = 'communicant') AS fronted`,
  front: `, k.front`,
  once: `
        CROSS JOIN LATERAL (SELECT CASE WHEN s.fronted
          THEN identity.front_told(t.account_id, s.proceeding_id, s.compartment) END AS front) k
      WHERE (k.front IS NULL OR k.front IN (SELECT own.key FROM own)
          OR EXISTS (SELECT FROM identity.membership m
            JOIN identity.principal p ON p.id = m.principal_id AND p.key IN (SELECT own.key FROM own)
            JOIN identity.membership c ON c.principal_id = p.id AND c.account_id <> t.account_id
            JOIN identity.notice o ON o.entry_id = t.entry_id AND o.account_id = c.account_id
            WHERE m.account_id = t.account_id AND m.revoked_at IS NULL AND c.revoked_at IS NULL
              AND identity.front_told(o.account_id, s.proceeding_id, s.compartment) IS NULL))
        AND`,
  through: `
      t.front,`,
};

const proving = ({ sides, fronted, front, once, through }: Proving): string => `
CREATE OR REPLACE FUNCTION identity.proofs(proceeding uuid, room text, number int, only_status text,
  before timestamptz, before_id uuid, most int)
RETURNS TABLE (id uuid, compartment text, n int, event text, side text, urgency text,
  told_at timestamptz, read_at timestamptz, deliveries jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  WITH own AS MATERIALIZED (SELECT p.key FROM identity.principal p
      WHERE p.id = ANY (identity.principals()) AND p.key ~ '^(state|organization|body|secretariat${sides}):'),
    seen AS MATERIALIZED (SELECT e.id, e.proceeding_id, e.compartment, e.n, e.body::jsonb AS body, o.office${fronted}
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
        s.compartment, s.n, s.body ->> 'what' AS what, s.office${front}
      FROM seen s JOIN identity.notice t ON t.entry_id = s.id${once || '\n      WHERE'} (before IS NULL OR (t.told_at, t.id) < (before, before_id))
        AND (only_status IS NULL OR EXISTS (SELECT FROM identity.delivery f
          WHERE f.notice_id = t.id AND f.status = only_status))
      ORDER BY t.told_at DESC, t.id DESC LIMIT most)
  SELECT t.id, t.compartment, t.n, t.what,
    coalesce((SELECT min(p.key) FROM identity.membership m
        JOIN identity.principal p ON p.id = m.principal_id
        WHERE m.account_id = t.account_id AND m.revoked_at IS NULL
          AND p.key IN (SELECT own.key FROM own)),${through}
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
  FROM page t ORDER BY t.told_at DESC, t.id DESC $$;`;

/** People are told through a front as through any side; others learn that it was told, once. */
export class FrontsTold1700000041110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const parts = [reading(THROUGH_FRONTS), told(OWN_AND_FRONTS), FRONT_TOLD, proving(FRONTED)];
    for (const part of parts) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${proving(BEFORE)}${told(OWN)}${reading()}
DROP FUNCTION identity.front_told`);
  }
}
