import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import type { CalendarFeed } from './calendar-feeds.entity.js';

export type FeedRow = Omit<CalendarFeed, 'accountId' | 'secretHash'>;

export const feedPage = (tx: Reads, { after, limit }: Part): Promise<FeedRow[]> =>
  tx.rows(
    `SELECT id, name, created_at AS "createdAt", revoked_at AS "revokedAt"
     FROM identity.calendar_feed
     WHERE ($1::timestamptz IS NULL OR (created_at, id) > ($1, $2::uuid))
     ORDER BY created_at, id LIMIT $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

/** An arbitrary space of advisory locks: one for each account's feeds. */
const FEEDS = 4018;

/** How many feeds of the viewer can be read now, under a lock, so that two at once are both counted. */
export async function liveFeeds(tx: Tx, accountId: string): Promise<number> {
  await tx.rows('SELECT pg_advisory_xact_lock($1, hashtext($2))', [FEEDS, accountId]);
  const row = await tx.row<{ live: number }>(
    'SELECT count(*)::int AS live FROM identity.calendar_feed WHERE revoked_at IS NULL',
  );
  return row!.live;
}

export async function hasFeed(tx: Tx, id: string): Promise<true | undefined> {
  const row = await tx.row('SELECT id FROM identity.calendar_feed WHERE id = $1', [id]);
  return row && true;
}
