import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { growTree, NO_ROOT, rootOf, type HeadPath } from '../../platform/journal/daily-root.js';
import { lastRoot, publishRoot } from '../record/index.js';

/** One seals at a time in the whole cluster; it ends with the transaction. */
const SEAL_LOCK = 4013;
const DAY = 86_400_000;

/** A chain's head, by its last entry: whose chain it is, whoever seals need not know. */
interface Grown {
  readonly entryId: string;
  readonly n: number;
  readonly hash: string;
}

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The days after one that were over before an instant, in order; without one, the last of them. */
function daysOver(last: string | undefined, now: number): string[] {
  const yesterday = isoDay(now - DAY);
  const days: string[] = [];
  for (let day = yesterday; day > (last ?? isoDay(now - 2 * DAY));) {
    days.unshift(day);
    day = isoDay(Date.parse(day) - DAY);
  }
  return days;
}

/**
 * Publishes one root a day over the heads of all chains of the journal: of the wall's days in
 * UTC, which no test clock moves, once they are over.
 */
@Injectable()
export class SealRoot {
  constructor(private readonly work: UnitOfWork) {}

  /**
   * Seals every day that is over and has no root. What grew since the last root stands in the
   * first of them; a day that was missed has what there was when it was made up for.
   *
   * @returns the days
   */
  run(now = Date.now()): Promise<string[]> {
    return this.work.system('root', async (tx) => {
      await tx.rows('SELECT pg_advisory_xact_lock($1)', [SEAL_LOCK]);
      const last = await lastRoot(tx);
      const days = daysOver(last?.day, now);
      let previous = last?.root ?? NO_ROOT;
      for (const day of days) previous = await this.seal(tx, day, previous);
      return days;
    });
  }

  private async seal(tx: Tx, day: string, previous: string): Promise<string> {
    const heads = await tx.rows<Grown>(
      `SELECT entry_id AS "entryId", n, hash FROM journal.heads_grown()`,
    );
    const { tree, paths } = growTree(heads);
    const root = rootOf(previous, { day, tree });
    await publishRoot(tx, { day, root, tree, previous });
    const rows = heads.map(({ entryId }, index) => ({ entryId, ...(paths[index] as HeadPath) }));
    await tx.rows('SELECT journal.keep_heads($1, $2)', [day, JSON.stringify(rows)]);
    return root;
  }
}
