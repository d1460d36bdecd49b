import type { Tx } from '../../platform/database/tx.js';
import { maskItem, type PledgeBody } from './items.rules.js';
import { put, withdrawnOf } from './write-items.js';

/** What a State under review pledges of itself. */
export async function publishPledge(
  tx: Tx,
  publicId: string | null,
  given: PledgeBody,
): Promise<string> {
  const body = maskItem('pledge', given, await withdrawnOf(tx, publicId));
  const { proceedingId, state, session } = body;
  const columns = { proceeding_id: proceedingId, state, session };
  return put(tx, { table: 'pledge', publicId, body, columns });
}
