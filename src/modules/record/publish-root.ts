import type { Tx } from '../../platform/database/tx.js';

/** The root of one day over all chains of the journal, which takes in the root before it. */
interface DailyRoot {
  /** ISO date, UTC. */
  readonly day: string;
  readonly root: string;
  readonly tree: string;
  readonly previous: string;
}

export const lastRoot = (tx: Tx): Promise<Pick<DailyRoot, 'day' | 'root'> | undefined> =>
  tx.row('SELECT day::text AS day, root FROM record.root ORDER BY record.root.day DESC LIMIT 1');

/** Dated by the wall's clock: it says what was there, whatever the procedures' clock says. */
export async function publishRoot(tx: Tx, { day, root, tree, previous }: DailyRoot): Promise<void> {
  await tx.rows(
    `INSERT INTO record.root VALUES ($1, $2, $3, $4, date_trunc('milliseconds', clock_timestamp()))`,
    [day, root, tree, previous],
  );
}

/** The roots from a day to another, in order, both included. */
export const rootsBetween = (tx: Tx, first: string, last: string): Promise<DailyRoot[]> =>
  tx.rows(
    `SELECT day::text AS day, root, tree, previous FROM record.root
     WHERE day BETWEEN $1 AND $2 ORDER BY record.root.day`,
    [first, last],
  );
