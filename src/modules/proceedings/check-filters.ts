import type { Tx } from '../../platform/database/tx.js';
import { unknownFilter } from '../../platform/http/validation.js';
import { Session } from '../calendar/index.js';
import { unknownParties } from '../directory/index.js';

/** @throws Refused `invalid-parameter` for a filter by a State that the directory lacks */
export async function assertStateFilter(
  tx: Tx,
  parameter: string,
  iso3: string | undefined,
): Promise<void> {
  if (iso3 === undefined) return;
  if ((await unknownParties(tx, [iso3])).length > 0) throw unknownFilter(parameter);
}

/** @throws Refused `invalid-parameter` for a filter by a session that the calendar lacks */
export async function assertSessionFilter(tx: Tx, id: string | undefined): Promise<void> {
  if (id !== undefined && !(await tx.findOne(Session, { id }))) throw unknownFilter('session');
}
