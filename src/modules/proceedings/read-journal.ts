import type { Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';
import { firstBroken, type Link } from '../../platform/journal/journal.js';

export interface EntryRow extends Link {
  id: string;
  compartment: string;
}

const COLUMNS = 'id, compartment, n, body, previous, hash';

/** The chains that the viewer may read, one after the other, each in its own order. */
export const entryPage = (
  tx: Tx,
  proceedingId: string,
  { after, limit }: { after: Key | undefined; limit: number },
): Promise<EntryRow[]> =>
  tx.rows(
    `SELECT ${COLUMNS} FROM journal.entry WHERE proceeding_id = $1
       AND ($2::text IS NULL OR (compartment, n) > ($2, $3::int))
     ORDER BY compartment, n LIMIT $4`,
    [proceedingId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

const BATCH = 500;

/** Every chain that the viewer may read, checked from its first entry, a batch at a time. */
export async function verifyChains(tx: Tx, proceedingId: string) {
  const chains = new Map<string, Link[]>();
  let after: Key | undefined;
  for (;;) {
    const rows = await entryPage(tx, proceedingId, { after, limit: BATCH });
    for (const row of rows.slice(0, BATCH)) {
      chains.set(row.compartment, [...(chains.get(row.compartment) ?? []), row]);
    }
    const last = rows[BATCH - 1];
    if (rows.length <= BATCH || !last) break;
    after = [last.compartment, last.n];
  }
  const checked = [...chains].map(([compartment, links]) => ({
    compartment,
    entries: links.length,
    head: links.at(-1)!.hash,
    firstBroken: firstBroken(links),
  }));
  return { intact: checked.every((chain) => chain.firstBroken === null), chains: checked };
}
