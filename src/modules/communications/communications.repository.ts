import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';

/** The next number of a series, for a proceeding that has none yet. As its procedure. */
export async function nextNumber(tx: Tx, proceedingId: string, series: string): Promise<number> {
  const sql = 'SELECT casework.next_number($1, $2) AS n';
  return found(await tx.row<{ n: number }>(sql, [proceedingId, series])).n;
}
