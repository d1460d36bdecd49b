import type { Tx } from '../../platform/database/tx.js';
import type { Deadline, DeadlineChange } from './proceedings.entity.js';

/** The deadlines of these proceedings, by their due instants, and what became of each, in order. */
export async function deadlinesOf(
  tx: Tx,
  proceedingIds: readonly string[],
): Promise<{ deadlines: Deadline[]; changes: DeadlineChange[] }> {
  const [deadlines, changes] = await tx.together<[Deadline, DeadlineChange]>(
    [
      `SELECT d.id, d.proceeding_id AS "proceedingId", d.compartment, d.key,
         d.owed_by AS "owedBy", d.anchor_at AS "anchorAt", d.due, d.due_local AS "dueLocal", d.zone,
         d.status, d.met_at AS "metAt", d.lapsed_at AS "lapsedAt", d.extensions, d.version,
         d.remind_at AS "remindAt"
       FROM casework.deadline d WHERE d.proceeding_id = ANY ($1) ORDER BY d.due, d.key`,
      [proceedingIds],
    ],
    [
      `SELECT c.id, c.proceeding_id AS "proceedingId", c.compartment,
         c.deadline_id AS "deadlineId", c.at, c.what, c.was, c.is_now AS "isNow", c.reason
       FROM casework.deadline_change c WHERE c.proceeding_id = ANY ($1) ORDER BY c.at`,
      [proceedingIds],
    ],
  );
  return { deadlines, changes };
}
