import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';
import type { DueRow } from '../proceedings/index.js';

/** Names of sides, by their keys. */
export async function namesOf(tx: Tx, sides: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ side: string; name: string }>(
    'SELECT s AS side, identity.side_name(s) AS name FROM unnest($1::text[]) s',
    [sides],
  );
  return new Map(rows.map(({ side, name }) => [side, name]));
}

/** A document some partner of which has not answered in time, as the clock sees it. */
export const nextUnanswered = (
  tx: Tx,
  {
    before,
    graceSeconds,
    without,
  }: { before: Date; graceSeconds: number; without: readonly string[] },
): Promise<DueRow | undefined> =>
  tx.row(
    `SELECT id, proceeding_id AS "proceedingId", key, due
     FROM casework.next_unanswered($1, make_interval(secs => $2), $3::uuid[])`,
    [before, graceSeconds, without],
  );

interface Unanswered {
  id: string;
  proceedingId: string;
  subject: string;
  mechanism: string;
  mechanismVersion: number;
  due: Date;
  dueLocal: string;
  zone: string;
}

/** What these sides are asked to file with others, in order of the deadline. */
export const unanswered = (
  tx: Reads,
  sides: readonly string[],
  { after, limit }: { after: Key | undefined; limit: number },
): Promise<Unanswered[]> =>
  tx.rows(
    `SELECT d.id, d.proceeding_id AS "proceedingId", p.subject, p.mechanism,
       p.mechanism_version AS "mechanismVersion", c.due, c.due_local AS "dueLocal", c.zone
     FROM casework.partner t JOIN casework.document d ON d.id = t.document_id
     JOIN casework.proceeding p ON p.id = d.proceeding_id
     CROSS JOIN LATERAL (SELECT e.due + coalesce(t.extended_by::interval, '0') AS due, e.zone,
       coalesce(to_char((e.due + t.extended_by::interval) AT TIME ZONE e.zone,
         'YYYY-MM-DD"T"HH24:MI'), e.due_local) AS due_local
       FROM casework.deadline e
       WHERE e.proceeding_id = t.proceeding_id AND e.key = t.accepted_until
         AND e.status <> 'cancelled' ORDER BY e.due DESC LIMIT 1) c
     WHERE t.status = 'asked' AND t.side = ANY ($1) AND t.compartment = 'desk:' || t.side
       AND ($2::timestamptz IS NULL OR (c.due, d.id) > ($2, $3::uuid))
     ORDER BY c.due, d.id LIMIT $4`,
    [sides, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
