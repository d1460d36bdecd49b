import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';

export interface RecoveryRow {
  id: string;
  accountId: string;
  email: string;
  name: string;
  sides: string[];
  askedAt: Date;
  network: string;
  mark: string;
  byMail: boolean;
  status: 'waiting' | 'approved' | 'refused' | 'used' | 'void';
  expiresAt: Date;
  goodFrom: Date | null;
  firstBy: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
}

const RECOVERIES = `
  SELECT r.id, r.account_id AS "accountId", a.email, a.name,
    identity.sides_to_recover(r.account_id, r.by_mail) AS sides, r.asked_at AS "askedAt", r.network, r.mark,
    r.by_mail AS "byMail", r.status, r.expires_at AS "expiresAt", r.good_from AS "goodFrom",
    f.name AS "firstBy", d.name AS "decidedBy", r.decided_at AS "decidedAt"
  FROM identity.recovery r JOIN identity.account a ON a.id = r.account_id
  LEFT JOIN identity.account f ON f.id = r.first_by
  LEFT JOIN identity.account d ON d.id = r.decided_by`;

export const recoveryById = (tx: Tx, id: string): Promise<RecoveryRow | undefined> =>
  tx.row(`${RECOVERIES} WHERE r.id = $1`, [id]);

export const recoveryPage = (
  tx: Reads,
  { after, limit }: { after: Key | undefined; limit: number },
): Promise<RecoveryRow[]> =>
  tx.rows(
    `${RECOVERIES} WHERE ($1::timestamptz IS NULL OR (r.asked_at, r.id) > ($1, $2::uuid))
     ORDER BY r.asked_at, r.id LIMIT $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

/**
 * Approves by the hash of a code, or refuses without one.
 *
 * @returns what came of it: `first` where another has yet to approve, `again` where the viewer did
 *   already; null where nothing was left to decide
 */
export async function decideRecovery(
  tx: Tx,
  id: string,
  { codeHash, wait, good }: { codeHash: string | null; wait: string; good: string },
): Promise<'approved' | 'refused' | 'first' | 'again' | null> {
  const row = await tx.row<{ decided: Awaited<ReturnType<typeof decideRecovery>> }>(
    'SELECT identity.decide_recovery($1, $2, $3, $4) AS decided',
    [id, codeHash, wait, good],
  );
  return row!.decided;
}
