import type { PublicReads } from '../../platform/database/public-reader.js';
import type { Statement, Tx } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import type { PublishedKey } from '../../platform/signing/signer.js';
import type { Receipt } from './receipts.entity.js';

const COLUMNS = `r.id, r.version, r.language, r.original, r.body, r.signature`;

/** Which text of what was filed a receipt is of. */
export interface Filed {
  readonly version: number;
  readonly language: string;
}
export type ReceiptRow = Pick<
  Receipt,
  'id' | 'version' | 'language' | 'original' | 'body' | 'signature'
>;
export type ReceiptNamed = Filed & Pick<Receipt, 'id'>;

/** The ids of the receipts of what was filed, for who filed it. */
export const receiptsOf = (subjectId: string): Statement => [
  'SELECT r.id, r.version, r.language FROM casework.receipt r WHERE r.subject_id = $1',
  [subjectId],
];

/** One receipt: of the latest version and its original, unless another is asked for. */
export const receiptOf = (
  tx: Tx,
  subjectId: string,
  { version, language }: { version?: number | undefined; language?: string | undefined },
): Promise<ReceiptRow | undefined> =>
  tx.row(
    `SELECT ${COLUMNS} FROM casework.receipt r
     WHERE r.subject_id = $1 AND ($2::int IS NULL OR r.version = $2)
       AND ($3::text IS NULL OR r.language = $3)
     ORDER BY r.version DESC, r.original DESC, r.language LIMIT 1`,
    [subjectId, version ?? null, language ?? null],
  );

/** The key that signs now, as it is published; and whether the procedures' clock was moved. */
export const signingKey = (tx: Tx): Promise<(PublishedKey & { moved: boolean }) | undefined> =>
  tx.row(
    `SELECT k.id, k.public_key AS "publicKey", c.shift_ms <> 0 AS moved
     FROM reference.signing_key k CROSS JOIN reference.clock c WHERE k.valid_until IS NULL`,
  );

interface KeyRow extends PublishedKey {
  from: Date;
  until: Date | null;
  revokedAt: Date | null;
}

/** Every key that ever signed, in the order in which they were made. */
export const keyPage = (reads: PublicReads, { after, limit }: Part): Promise<KeyRow[]> =>
  reads.rows<KeyRow>(
    `SELECT id, public_key AS "publicKey", valid_from AS "from", valid_until AS until,
       revoked_at AS "revokedAt"
     FROM reference.signing_key
     WHERE $1::timestamptz IS NULL OR (valid_from, id) > ($1, $2::text)
     ORDER BY valid_from, id LIMIT $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

/**
 * Forgets what opens the receipts of a text, which was withdrawn. As the procedure.
 *
 * @returns what there was, for the seal
 */
export async function takeOpenings(
  tx: Tx,
  subjectId: string,
  { version, language }: Filed,
): Promise<object[]> {
  const where = `receipt_id IN (SELECT r.id FROM casework.receipt r
    WHERE r.subject_id = $1 AND r.version = $2 AND r.language = $3)`;
  const filed = [subjectId, version, language];
  const rows = await tx.rows<{ opening: object }>(
    `SELECT to_jsonb(o) AS opening FROM casework.receipt_opening o WHERE o.${where}`,
    filed,
  );
  await tx.rows(`DELETE FROM casework.receipt_opening WHERE ${where}`, filed);
  return rows.map(({ opening }) => opening);
}
