import type { Definition } from '../../kernel/definition.js';
import { rolesOf, seatsHeld } from '../../kernel/roles.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Permission, Viewer } from '../../platform/identity/viewer.js';
import type { AssistantRow, ParticipantRow } from './proceedings.repository.js';

/** The roles that a viewer's seats give here; with a permission, those alone that have it. */
export function rolesOfViewer(
  definition: Definition,
  participants: readonly ParticipantRow[],
  viewer: Viewer,
  permission: Permission | undefined,
): string[] {
  const seats = viewer.seats.filter(
    (seat) => permission === undefined || seat.permissions.includes(permission),
  );
  return rolesOf(definition, { participants, seats: seatsHeld(seats) });
}

/**
 * Whoever sits for an organization that helps a side sits for that side too, until the transaction
 * ends: whoever prepares there prepares here, nobody does more, and none is what the side is
 * elsewhere. Rows of other proceedings stay out of reach, for the organization has no access there.
 *
 * @param assisting those through whom the viewer helps, by their keys
 */
export function assist(tx: Tx, assisting: readonly AssistantRow[]): void {
  for (const { side, principal } of assisting) {
    const { viewer } = tx;
    const own = viewer?.seats.find((seat) => seat.side === principal);
    if (!viewer || !own || viewer.seats.some((seat) => seat.side === side)) continue;
    const helping = { side, group: null, role: 'assistant', signsFor: [] };
    const permissions = own.permissions.filter((each) => each === 'prepare');
    const seat = { ...own, ...helping, permissions };
    tx.viewer = { ...viewer, seats: [...viewer.seats, seat] };
  }
}
