import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';

/** The next number of a series, for a proceeding that has none yet. As its procedure. */
export async function nextNumber(tx: Tx, proceedingId: string, series: string): Promise<number> {
  const sql = 'SELECT casework.next_number($1, $2) AS n';
  return found(await tx.row<{ n: number }>(sql, [proceedingId, series])).n;
}

/**
 * Makes a side for one case, behind which the viewer stands: an organization of theirs, or they alone.
 * From then on the viewer acts through it.
 *
 * @returns the side's principal
 */
export async function foundFront(tx: Tx, side: string, behind: string | null): Promise<string> {
  const front = side.replace('communicant:', '');
  const sql = 'SELECT identity.found_front($1, $2) AS id';
  return found(await tx.row<{ id: string }>(sql, [front, behind])).id;
}
