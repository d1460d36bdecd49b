import type { PublicReader, PublicReads } from '../../platform/database/public-reader.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import type { Session } from './calendar.entity.js';

/** Every list is read as the public role: the calendar has no secrets. */
const CYCLE = `SELECT id, mechanism, number, starts::text, ends::text, source, verified
  FROM reference.cycle`;
const SESSION = `SELECT n.id, n.cycle_id AS "cycleId", n.mechanism, n.number, n.title,
  n.starts::text, n.ends::text, n.dates, n.hours, n.version,
  (SELECT coalesce(json_agg(json_build_object('at', c.at, 'reason', c.reason, 'was', c.was,
      'isNow', c.is_now) ORDER BY c.at, c.id), '[]')
    FROM reference.session_change c WHERE c.session_id = n.id) AS changes
  FROM reference.session n`;

interface CycleRow {
  id: string;
  mechanism: string;
  number: number;
}
export interface Change {
  at: string;
  reason: string;
  was: object;
  isNow: object;
}
export interface SessionRow extends Session {
  changes: Change[];
}

export const cyclePage = (
  reader: PublicReads,
  filter: { mechanism?: string | undefined },
  { after, limit }: Part,
): Promise<CycleRow[]> =>
  reader.rows(
    `${CYCLE} WHERE ($1::text IS NULL OR mechanism = $1)
       AND ($2::text IS NULL OR (mechanism, number) > ($2, $3::int))
     ORDER BY mechanism, number LIMIT $4`,
    [filter.mechanism ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

export const sessionPage = (
  reader: PublicReads,
  filter: { cycle?: string | undefined; mechanism?: string | undefined },
  { after, limit }: Part,
): Promise<SessionRow[]> =>
  reader.rows(
    `${SESSION} WHERE ($1::uuid IS NULL OR n.cycle_id = $1) AND ($2::text IS NULL OR n.mechanism = $2)
       AND ($3::date IS NULL OR (n.starts, n.id) > ($3, $4::uuid))
     ORDER BY n.starts, n.id LIMIT $5`,
    [
      filter.cycle ?? null,
      filter.mechanism ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit + 1,
    ],
  );

export const cycleExists = async (reader: PublicReader, id: string): Promise<boolean> =>
  (await reader.row('SELECT FROM reference.cycle WHERE id = $1', [id])) !== undefined;

export const sessionById = (reader: PublicReader, id: string): Promise<SessionRow | undefined> =>
  reader.row(`${SESSION} WHERE n.id = $1`, [id]);

export interface SlotRow {
  id: string;
  sessionId: string;
  state: string;
  starts: Date;
  ends: Date;
  outcomeStarts: Date | null;
  version: number;
  changes: Change[];
}

const SLOT = `SELECT s.id, s.session_id AS "sessionId", s.iso3 AS state, s.starts, s.ends,
  s.outcome_starts AS "outcomeStarts", s.version,
  (SELECT coalesce(json_agg(json_build_object('at', c.at, 'reason', c.reason, 'was', c.was,
      'isNow', c.is_now) ORDER BY c.at, c.id), '[]')
    FROM reference.slot_change c WHERE c.slot_id = s.id) AS changes
  FROM reference.slot s`;

export const schedulePage = (
  reader: PublicReads,
  sessionId: string,
  { after, limit }: Part,
): Promise<SlotRow[]> =>
  reader.rows(
    `${SLOT} WHERE s.session_id = $1 AND ($2::timestamptz IS NULL OR (s.starts, s.id) > ($2, $3::uuid))
     ORDER BY s.starts, s.id LIMIT $4`,
    [sessionId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

/** All places in a session, in order. */
export const slotsOfSession = (reader: PublicReads, sessionId: string): Promise<SlotRow[]> =>
  reader.rows(`${SLOT} WHERE s.session_id = $1 ORDER BY s.starts, s.id`, [sessionId]);

/** These places, in whichever sessions they are. */
export const slotsById = (tx: Tx, ids: readonly string[]): Promise<SlotRow[]> =>
  tx.rows(`${SLOT} WHERE s.id = ANY ($1) ORDER BY s.starts, s.id`, [ids]);

/** Holds a session for the rest of the transaction: its dates stay as they are. */
export const lockSession = (tx: Tx, id: string): Promise<unknown> =>
  tx.rows('SELECT id FROM reference.session WHERE id = $1 FOR UPDATE', [id]);
