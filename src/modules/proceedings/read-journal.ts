import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';
import { ChainCheck, type Link } from '../../platform/journal/journal.js';

export interface EntryRow extends Link {
  id: string;
  compartment: string;
}

const COLUMNS = 'id, compartment, n, body, previous, hash';

/** The chains that the viewer may read, one after the other, each in its own order. */
export const entryPage = (
  tx: Reads,
  proceedingId: string,
  { after, limit }: { after: Key | undefined; limit: number },
): Promise<EntryRow[]> =>
  tx.rows(
    `SELECT ${COLUMNS} FROM journal.entry WHERE proceeding_id = $1
       AND ($2::text IS NULL OR (compartment, n) > ($2, $3::int))
     ORDER BY compartment, n LIMIT $4`,
    [proceedingId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );

type ChainRow = { compartment: string; headN: number; headHash: string } & (
  | Link
  | { [K in keyof Link]: null }
);

/** Every chain that the viewer may read, checked from its first entry to its head. */
export async function verifyChains(tx: Tx, proceedingId: string) {
  // One statement, so that what is appended meanwhile is in neither the head nor the entries.
  const rows = await tx.rows<ChainRow>(
    `SELECT c.compartment, c.n AS "headN", c.hash AS "headHash", e.n, e.body, e.previous, e.hash
     FROM journal.chain c LEFT JOIN journal.entry e USING (proceeding_id, compartment)
     WHERE c.proceeding_id = $1 ORDER BY c.compartment, e.n`,
    [proceedingId],
  );
  const checks = new Map<string, ChainCheck>();
  for (const [index, row] of rows.entries()) {
    const { compartment, headN, headHash } = row;
    const check = checks.get(compartment) ?? new ChainCheck();
    checks.set(compartment, check);
    if (row.n !== null) check.add(row);
    if (rows[index + 1]?.compartment !== compartment) check.end({ n: headN, hash: headHash });
  }
  const chains = [...checks].map(([compartment, { entries, head, firstBroken }]) => ({
    compartment,
    entries,
    head,
    firstBroken,
  }));
  return { intact: chains.every((chain) => chain.firstBroken === null), chains };
}
