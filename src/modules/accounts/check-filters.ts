import type { Tx } from '../../platform/database/tx.js';
import { unknownFilter } from '../../platform/http/validation.js';
import { Principal } from './accounts.entity.js';

/** @throws Refused `invalid-parameter` for a side that there is not */
export async function assertSideFilter(tx: Tx, side: string | undefined): Promise<void> {
  if (side === undefined || (await tx.findOne(Principal, { key: side }))) return;
  throw unknownFilter('side');
}
