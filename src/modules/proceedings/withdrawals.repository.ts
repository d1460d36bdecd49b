import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import { MASK, type WithdrawableKind } from '../record/index.js';
import type { Seal } from '../../platform/vault/vault.js';
import type { Authorship, Withdrawal, WithdrawalRequest } from './withdrawals.entity.js';

/** What stands on a page under this id, and on which. */
const reservedOn = (tx: Tx, id: string): Promise<{ page: string; body: string } | undefined> =>
  tx.row(
    `SELECT p.id AS page, r.body::text AS body FROM record.proceeding p
     CROSS JOIN LATERAL jsonb_array_elements(p.body::jsonb -> 'reservations') r(body)
     WHERE r.body ->> 'id' = $1`,
    [id],
  );

/** The item's page, in the record: whose proceeding it belongs to, by its public id. */
export async function pageOfItem(
  tx: Tx,
  kind: WithdrawableKind,
  publicId: string,
): Promise<string | undefined> {
  if (kind === 'reservation') return (await reservedOn(tx, publicId))?.page;
  const row = await tx.row<{ page: string }>(
    `SELECT proceeding_id AS page FROM record.${kind} WHERE id = $1`,
    [publicId],
  );
  return row?.page;
}

/** Items with whose they are, where that was withdrawn and the viewer may still learn it. */
export async function withAuthors<T extends { readonly id: string; readonly side: string }>(
  tx: Tx,
  items: readonly T[],
  restored: (item: T, author: Authorship) => T,
): Promise<T[]> {
  const masked = items.filter(({ side }) => side === MASK).map(({ id }) => id);
  if (masked.length === 0) return [...items];
  const authors = await tx.rows<Authorship>(
    `SELECT a.item_id AS "itemId", a.side, a.filed_by AS "filedBy", a.states
     FROM casework.authorship a WHERE a.item_id = ANY ($1)`,
    [masked],
  );
  const known = new Map(authors.map((author) => [author.itemId, author]));
  return items.map((item) => {
    const author = known.get(item.id);
    return author ? restored(item, author) : item;
  });
}

/** What the record says of an item now, which is what goes under seal. */
export async function recordBody(
  tx: Tx,
  kind: WithdrawableKind,
  publicId: string,
): Promise<string | null> {
  if (kind === 'reservation') return (await reservedOn(tx, publicId))?.body ?? null;
  const row = await tx.row<{ body: string }>(`SELECT body FROM record.${kind} WHERE id = $1`, [
    publicId,
  ]);
  return row?.body ?? null;
}

export const withdrawalPage = (tx: Reads, { after, limit }: Part): Promise<Withdrawal[]> =>
  tx.rows(
    `SELECT w.id, w.proceeding_id AS "proceedingId", w.kind, w.item_id AS "itemId",
       w.public_id AS "publicId", w.published, w.parts, w.ground, w.reason, w.at
     FROM casework.withdrawal w
     WHERE w.proceeding_id IN (SELECT a.proceeding_id FROM casework.access a
         WHERE a.compartment = 'case')
       AND ($1::timestamptz IS NULL OR (w.at, w.id) > ($1, $2::uuid))
     ORDER BY w.at, w.id LIMIT $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

export const requestPage = (
  tx: Reads,
  status: string | undefined,
  { after, limit }: Part,
): Promise<WithdrawalRequest[]> =>
  tx.rows(
    `SELECT r.id, r.account_id AS "accountId", r.kind, r.public_id AS "publicId",
       r.item_id AS "itemId", r.why, r.status,
       r.asked_at AS "askedAt", r.answer, r.answered_at AS "answeredAt", r.version
     FROM casework.withdrawal_request r
     WHERE ($1::text IS NULL OR r.status = $1)
       AND ($2::timestamptz IS NULL OR (r.asked_at, r.id) > ($2, $3::uuid))
     ORDER BY r.asked_at, r.id LIMIT $4`,
    [status ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

export interface SealedOriginal {
  readonly id: string;
  readonly proceedingId: string;
  readonly withdrawalId: string;
  readonly seal: Seal;
  /** The ciphertext, or the key of the file that holds it. */
  readonly kept: { readonly content: Buffer } | { readonly fileKey: string };
}

/** As the procedure, which can add to what is sealed and not look at it. */
export async function keepSealed(tx: Tx, original: SealedOriginal): Promise<void> {
  const { id, proceedingId, withdrawalId, seal, kept } = original;
  await tx.rows('SELECT casework.keep_sealed($1, $2, $3, $4, $5, $6)', [
    id,
    proceedingId,
    withdrawalId,
    JSON.stringify(seal),
    'content' in kept ? kept.content : null,
    'fileKey' in kept ? kept.fileKey : null,
  ]);
}

/** Under which master keys anything is sealed. */
export async function sealingKeys(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>('SELECT casework.sealing_keys() AS id');
  return rows.map(({ id }) => id);
}
