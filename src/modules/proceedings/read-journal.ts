import type { Reads, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/paging.js';
import type { HeadPath } from '../../platform/journal/daily-root.js';
import { ChainCheck, type Head, type Link } from '../../platform/journal/journal.js';
import { lastRoot, rootsBetween } from '../record/index.js';

export interface EntryRow extends Link {
  id: string;
  compartment: string;
}

const COLUMNS = 'id, compartment, n, body, previous, hash';

/** The chains that the viewer may read, one after the other, each in its own order. */
export const entryPage = (
  tx: Reads,
  proceedingId: string,
  {
    compartment,
    after,
    limit,
  }: { compartment: string | undefined; after: Key | undefined; limit: number },
): Promise<EntryRow[]> =>
  tx.rows(
    `SELECT ${COLUMNS} FROM journal.entry WHERE proceeding_id = $1
       AND ($2::text IS NULL OR (compartment, n) > ($2, $3::int))
       AND ($5::text IS NULL OR compartment = $5)
     ORDER BY compartment, n LIMIT $4`,
    [proceedingId, after?.[0] ?? null, after?.[1] ?? null, limit + 1, compartment ?? null],
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

/**
 * How a chain that the viewer may read stands under the root of a day, the latest unless one is
 * named: its head when it last grew, the way up to the root of that day, and the roots from there.
 *
 * @returns undefined where the day has no root, or the chain had no entry then
 */
export async function headProof(
  tx: Tx,
  proceedingId: string,
  { compartment, day: asked }: { compartment: string; day: string | undefined },
) {
  const day = asked ?? (await lastRoot(tx))?.day;
  if (day === undefined) return undefined;
  const sealed = await tx.row<Head & HeadPath & { day: string }>(
    `SELECT s.day::text AS day, s.n, s.hash, s.salt, s.position, s.path
     FROM journal.sealed_head s
     WHERE s.proceeding_id = $1 AND s.compartment = $2 AND s.day <= $3
     ORDER BY s.day DESC LIMIT 1`,
    [proceedingId, compartment, day],
  );
  if (!sealed) return undefined;
  const { day: grown, ...head } = sealed;
  const roots = await rootsBetween(tx, grown, day);
  if (roots.at(-1)?.day !== day) return undefined;
  const links = roots.map((root) => ({ day: root.day, tree: root.tree }));
  return { compartment, day, root: roots.at(-1)!.root, head, previous: roots[0]!.previous, links };
}
