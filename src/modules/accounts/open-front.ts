import { randomUUID } from 'node:crypto';
import { communicantSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Seat } from '../../platform/identity/viewer.js';
import { found, Refused } from '../../platform/refused.js';
import { Membership } from './accounts.entity.js';

/**
 * A side through which the viewer stands in one case without a name: for an organization of theirs,
 * or for themselves alone. The rest of the transaction holds it already. Asked as the viewer, never
 * as a procedure.
 *
 * @param behind key of the organization; null for a person, whoever bears a case key too
 * @returns the viewer's seat on it
 * @throws Refused `unknown-side` for an organization on which the viewer has no seat
 */
export async function openFront(tx: Tx, behind: string | null): Promise<Seat> {
  const viewer = found(tx.viewer);
  const own = viewer.seats.find(({ side }) => side === behind);
  if (behind !== null && !own) throw new Refused('unknown-side', { side: behind });
  const id = randomUUID();
  const row = await tx.row<{ id: string }>('SELECT identity.found_front($1, $2) AS id', [
    id,
    behind,
  ]);
  const place = { side: communicantSide(id), principalId: row!.id, group: null };
  const seat = own ? { ...own, ...place } : { ...place, ...(await directSeat(tx, row!.id)) };
  tx.viewer = { ...viewer, seats: [...viewer.seats, seat] };
  return seat;
}

/** Of whoever stands behind it alone. */
async function directSeat(tx: Tx, principalId: string) {
  const { id, role, permissions } = found(await tx.findOne(Membership, { principalId }));
  return { membershipId: id, role, permissions, signsFor: [] };
}
