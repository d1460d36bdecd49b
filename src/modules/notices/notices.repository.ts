import type { Urgency } from '../../kernel/audience.js';
import type { Reads, Statement, Tx } from '../../platform/database/tx.js';
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

/** What the viewer is told, as far as they may still read it: the entry's own row security decides. */
const ROW = `
  SELECT n.id, n.urgency, n.told_at AS "toldAt", n.read_at AS "readAt",
    n.archived_at AS "archivedAt", e.body, e.n, e.compartment,
    p.id AS "proceedingId", p.mechanism,
    p.mechanism_version AS "mechanismVersion", p.subject AS state,
    (SELECT coalesce(jsonb_object_agg(s.language, s.name), '{}') FROM reference.state_name s
      WHERE s.iso3 = p.subject AND s.form = 'short') AS "stateNames", p.test
  FROM identity.notice n JOIN journal.entry e ON e.id = n.entry_id
  JOIN casework.proceeding p ON p.id = e.proceeding_id
  WHERE n.account_id = identity.viewer()`;

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
    `${ROW}
       AND CASE $1 WHEN 'unread' THEN n.read_at IS NULL AND n.archived_at IS NULL
         WHEN 'read' THEN n.read_at IS NOT NULL AND n.archived_at IS NULL
         WHEN 'archived' THEN n.archived_at IS NOT NULL ELSE n.archived_at IS NULL END
       AND ($2::uuid IS NULL OR e.proceeding_id = $2)
       AND ($3::timestamptz IS NULL OR (n.told_at, n.id) < ($3, $4::uuid))
     ORDER BY n.told_at DESC, n.id DESC LIMIT $5`,
    [state ?? null, proceedingId ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

export const noticeById = (tx: Tx, id: string): Promise<NoticeRow | undefined> =>
  tx.row(`${ROW} AND n.id = $1`, [id]);

/** Where somebody stands in the order of telling. */
export type Place = readonly [toldAt: string, id: string];

/** What the viewer was told behind a place, in the order of telling. */
export const noticesBehind = (reads: Reads, place: Place, limit: number): Promise<NoticeRow[]> =>
  reads.rows(`${ROW} AND (n.told_at, n.id) > ($1, $2::uuid) ORDER BY n.told_at, n.id LIMIT $3`, [
    ...place,
    limit,
  ]);

/** What the viewer was told last, of what they may read. */
export const lastNotice = (tx: Tx): Promise<NoticeRow | undefined> =>
  tx.row(`${ROW} ORDER BY n.told_at DESC, n.id DESC LIMIT 1`);

/** Those of these that the viewer may read, in the order of their telling. */
export const noticesById = (ids: readonly string[]): Statement => [
  `${ROW} AND n.id = ANY ($1) ORDER BY n.told_at, n.id`,
  [ids],
];

/** Marks what was told until an instant, and can be read, as read; answers how much. */
export async function markRead(tx: Tx, until: Date): Promise<number> {
  const rows = await tx.rows(
    `UPDATE identity.notice n SET read_at = now() WHERE n.read_at IS NULL AND n.told_at <= $1
       AND EXISTS (SELECT FROM journal.entry e WHERE e.id = n.entry_id) RETURNING n.id`,
    [until],
  );
  return rows.length;
}
