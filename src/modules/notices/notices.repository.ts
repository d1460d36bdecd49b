import type { Urgency } from '../../kernel/audience.js';
import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';

export interface NoticeRow {
  id: string;
  urgency: Urgency;
  toldAt: Date;
  readAt: Date | null;
  archivedAt: Date | null;
  /** The entry of the journal, as it is written there. */
  body: string;
  n: number;
  compartment: string;
  proceedingId: string;
  mechanism: string;
  mechanismVersion: number;
  state: string;
  /** What the State is called, by language. */
  stateNames: Readonly<Record<string, string>>;
  test: boolean;
}

const COLUMNS = `n.id, n.urgency, n.told_at AS "toldAt", n.read_at AS "readAt",
    n.archived_at AS "archivedAt", n.body, n.n, n.compartment, n.proceeding_id AS "proceedingId",
    n.mechanism, n.mechanism_version AS "mechanismVersion", n.subject AS state,
    n.state_names AS "stateNames", n.test`;
const OWN = `SELECT ${COLUMNS} FROM identity.own_notices() n`;

export const NOTICE_STATES = ['unread', 'read', 'archived'] as const;

interface NoticeFilter {
  readonly state: (typeof NOTICE_STATES)[number] | undefined;
  readonly proceedingId: string | undefined;
}

/** The newest first. */
export const noticePage = (
  reads: Reads,
  { state, proceedingId }: NoticeFilter,
  { after, limit }: Part,
): Promise<NoticeRow[]> =>
  reads.rows(
    `${OWN}
     WHERE CASE $1 WHEN 'unread' THEN n.read_at IS NULL AND n.archived_at IS NULL
         WHEN 'read' THEN n.read_at IS NOT NULL AND n.archived_at IS NULL
         WHEN 'archived' THEN n.archived_at IS NOT NULL ELSE n.archived_at IS NULL END
       AND ($2::uuid IS NULL OR n.proceeding_id = $2)
       AND ($3::timestamptz IS NULL OR (n.told_at, n.id) < ($3, $4::uuid))
     ORDER BY n.told_at DESC, n.id DESC LIMIT $5`,
    [state ?? null, proceedingId ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

export const noticeById = (tx: Tx, id: string): Promise<NoticeRow | undefined> =>
  tx.row(`${OWN} WHERE n.id = $1`, [id]);

/** Where somebody stands in the order of telling. */
export type Place = readonly [toldAt: string, id: string];

/** What the viewer was told behind a place, in the order of telling. */
export const noticesBehind = (reads: Reads, place: Place, limit: number): Promise<NoticeRow[]> =>
  reads.rows(`${OWN} WHERE (n.told_at, n.id) > ($1, $2::uuid) ORDER BY n.told_at, n.id LIMIT $3`, [
    ...place,
    limit,
  ]);

/** What the viewer was told last, of what they may read. */
export const lastNotice = (tx: Tx): Promise<NoticeRow | undefined> =>
  tx.row(`${OWN} ORDER BY n.told_at DESC, n.id DESC LIMIT 1`);

/** A letter that is being written, and what it is to tell. */
interface Writing {
  readonly letter: string;
  readonly notices: readonly string[];
}

/**
 * What each recipient may read of the notices in their letter, by id. The transaction is the last
 * recipient's from then on: it does nothing more that depends on who reads.
 */
export async function readAsRecipients(
  tx: Tx,
  writing: readonly Writing[],
): Promise<ReadonlyMap<string, NoticeRow>> {
  const pairs = writing.flatMap(({ letter, notices }) =>
    notices.map((id) => [letter, id] as const),
  );
  const rows = await tx.rows<NoticeRow>(`SELECT ${COLUMNS} FROM identity.read_letters($1, $2) n`, [
    pairs.map(([letter]) => letter),
    pairs.map(([, id]) => id),
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Marks what was told until an instant, and can be read, as read; answers how much. */
export async function markRead(tx: Tx, until: Date): Promise<number> {
  const rows = await tx.rows(
    `UPDATE identity.notice n SET read_at = now() WHERE n.read_at IS NULL AND n.told_at <= $1
       AND EXISTS (SELECT FROM journal.entry e WHERE e.id = n.entry_id) RETURNING n.id`,
    [until],
  );
  return rows.length;
}
