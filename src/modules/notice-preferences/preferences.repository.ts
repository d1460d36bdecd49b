import type { Tx } from '../../platform/database/tx.js';
import { wishesFrom, type StoredWishes, type Wishes } from './preferences.rules.js';

const COLUMNS = `m.mail, m.zone, m.quiet_from AS "quietFrom", m.quiet_to AS "quietTo",
  m.quiet_days AS "quietDays", m.digest, m.digest_at AS "digestAt", m.digest_on AS "digestOn",
  m.muted, m.version`;

/** One after the other changes what the viewer wishes, also where nothing is stored yet. */
export async function lockWishes(tx: Tx, accountId: string): Promise<void> {
  await tx.rows('SELECT id FROM identity.account WHERE id = $1 FOR UPDATE', [accountId]);
}

/** Of the viewer. */
export async function ownWishes(tx: Tx, accountId: string): Promise<StoredWishes> {
  const row = await tx.row<StoredWishes>(
    `SELECT a.language, ${COLUMNS} FROM identity.account a
     LEFT JOIN identity.manner m ON m.account_id = a.id WHERE a.id = $1`,
    [accountId],
  );
  return row!;
}

/** How these accounts wish to be told, for the worker; one that there is not is left out. */
export async function wishesOf(
  tx: Tx,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, Wishes>> {
  const rows = await tx.rows<StoredWishes & { accountId: string }>(
    `SELECT m.account_id AS "accountId", m.language, ${COLUMNS} FROM identity.manners($1) m`,
    [accountIds],
  );
  return new Map(rows.map((row) => [row.accountId, wishesFrom(row)]));
}

/** Has what waits for the viewer looked at anew, for they wish to be told otherwise. */
export async function lookAgain(tx: Tx): Promise<void> {
  await tx.rows('SELECT identity.look_again()');
}
