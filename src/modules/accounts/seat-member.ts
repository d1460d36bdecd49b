import { randomUUID } from 'node:crypto';
import { isCommunicant, memberOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Permission, Viewer } from '../../platform/identity/viewer.js';
import { Refused, raise } from '../../platform/refused.js';
import { Membership, Principal } from './accounts.entity.js';
import * as accounts from './accounts.repository.js';
import { holds, seatingRefused } from './accounts.rules.js';
import { ROLES } from './accounts.schemas.js';

type Role = keyof typeof ROLES;

export interface Seat {
  readonly side: string;
  readonly role: Role;
  readonly until: Date | null;
}

const permissionsOf = (role: Role): Permission[] => [...ROLES[role]];

/**
 * Whether the viewer may seat this person on the side, under the side's lock: asked when a
 * membership is granted, when somebody is invited to one, and again when they accept.
 *
 * @param accountId of whoever is to be seated; empty while it is not known
 * @returns the side's principal
 * @throws Refused by the rules of seating
 */
export async function assertMaySeat(
  tx: Tx,
  { viewer, testMode }: { viewer: Viewer; testMode: boolean },
  accountId: string,
  { side, role, until }: Seat,
): Promise<string> {
  // Nobody is seated on a front, and whether there is one is nobody's business; a member is one person.
  const closed = isCommunicant(side) || memberOf(side) !== undefined;
  const principal = closed ? null : await tx.findOne(Principal, { key: side });
  if (!principal) throw new Refused('unknown-side', { side });
  const managers = await accounts.managersOf(tx, principal.id);
  const manages = permissionsOf(role).includes('manage');
  const body = await accounts.bodyOf(tx, side);
  const keepers = body?.secretariats ?? [];
  raise(seatingRefused({ viewer, side, accountId, managers, manages, keepers, testMode }));
  if (body?.personal) throw new Refused('members-entered', { side });
  if (until !== null && until <= new Date()) {
    const facts = { from: new Date().toISOString(), until: until.toISOString() };
    throw new Refused('dates-in-disorder', facts);
  }
  return principal.id;
}

/**
 * Who sits in personal capacity is entered with a term, and leaves with it: no seat of theirs is granted,
 * handed over or ended otherwise.
 *
 * @throws Refused `members-entered`
 */
export async function assertNotEntered(tx: Tx, side: string): Promise<void> {
  const entered = memberOf(side) !== undefined || (await accounts.bodyOf(tx, side))?.personal;
  if (entered) throw new Refused('members-entered', { side });
}

/** Writes a membership; who grants is the viewer of the transaction. Answers its id. */
export async function writeMembership(
  tx: Tx,
  seat: Pick<Membership, 'accountId' | 'principalId' | 'role' | 'permissions' | 'until'>,
  grantedBy: string,
): Promise<string> {
  await accounts.endExpired(tx, seat, grantedBy);
  const id = randomUUID();
  const granted = { grantedBy, grantedAt: new Date(), revokedBy: null, revokedAt: null };
  await tx.insert(Membership, { id, ...seat, ...granted });
  return id;
}

/**
 * Seats somebody whom the viewer may seat. A side that it was done to from outside is told by
 * mail.
 *
 * @returns the membership's id
 */
export async function seatMember(
  tx: Tx,
  viewer: Viewer,
  place: { accountId: string; principalId: string },
  { side, role, until }: Seat,
): Promise<string> {
  const seat = { ...place, role, permissions: permissionsOf(role), until };
  const id = await writeMembership(tx, seat, viewer.accountId);
  if (!holds(viewer, side, 'manage')) await accounts.tellOfMembership(tx, id);
  return id;
}
