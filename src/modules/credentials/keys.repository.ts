import { randomUUID } from 'node:crypto';
import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';
import type { ApiKey } from './keys.entity.js';

export type KeyRow = Omit<ApiKey, 'accountId' | 'secretHash'>;

export const keyPage = (
  tx: Reads,
  filter: { after: Key | undefined; limit: number },
): Promise<KeyRow[]> =>
  tx.rows(
    `SELECT id, name, prefix, scopes, created_at AS "createdAt", expires_at AS "expiresAt",
       used_at AS "usedAt", revoked_at AS "revokedAt"
     FROM identity.api_key
     WHERE ($1::timestamptz IS NULL OR (created_at, id) > ($1, $2::uuid))
     ORDER BY created_at, id LIMIT $3`,
    [filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit + 1],
  );

/** An arbitrary space of advisory locks: one for each account's keys. */
const KEYS = 4015;

/** How many keys the viewer could use now, under a lock, so that two at once are both counted. */
export async function liveKeys(tx: Tx, accountId: string): Promise<number> {
  await tx.rows('SELECT pg_advisory_xact_lock($1, hashtext($2))', [KEYS, accountId]);
  const row = await tx.row<{ live: number }>(
    `SELECT count(*)::int AS live FROM identity.api_key
     WHERE revoked_at IS NULL AND expires_at > now()`,
  );
  return row!.live;
}

/** Has the viewer told, by mail, of a key that was made in their name. */
export const tellOfKey = (tx: Tx, id: string): Promise<unknown> =>
  tx.rows('SELECT identity.tell_of_key($1, $2)', [randomUUID(), id]);

export async function hasKey(tx: Tx, id: string): Promise<true | undefined> {
  const row = await tx.row('SELECT id FROM identity.api_key WHERE id = $1', [id]);
  return row && true;
}
