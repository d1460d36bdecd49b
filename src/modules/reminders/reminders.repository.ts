import type { Tx } from '../../platform/database/tx.js';
import type { Deadline, DueRow } from '../proceedings/index.js';

/** The first deadline that the clock has to look at, to see whether somebody is to be reminded of it. */
export const nextReminder = (
  tx: Tx,
  before: Date,
  without: readonly string[],
): Promise<DueRow | undefined> =>
  tx.row(
    `SELECT id, proceeding_id AS "proceedingId", key, remind_at AS due FROM casework.deadline
     WHERE remind_at <= $1 AND proceeding_id <> ALL ($2::uuid[])
     ORDER BY remind_at, key, id LIMIT 1`,
    [before, without],
  );

/** The instant of the latest reminder of a deadline as it falls due now. As the procedure. */
export async function lastGiven(
  tx: Tx,
  { id, due }: Pick<Deadline, 'id' | 'due'>,
): Promise<Date | null> {
  const row = await tx.row<{ at: Date | null }>(
    'SELECT max(at) AS at FROM casework.reminder WHERE deadline_id = $1 AND due = $2',
    [id, due],
  );
  return row?.at ?? null;
}

/**
 * Has the clock look again at the deadlines of a mechanism that nobody has met, where its schedules are
 * other ones than those that were looked at last.
 *
 * @param since what was due before is reminded of no more, whatever the schedules say
 */
export async function lookAgain(
  tx: Tx,
  plan: { readonly mechanism: string; readonly digest: string; readonly since: Date },
): Promise<void> {
  const { mechanism, digest, since } = plan;
  await tx.rows('SELECT casework.look_again($1, $2, $3, $4)', [mechanism, digest, since, tx.now]);
}
