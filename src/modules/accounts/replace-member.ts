import type { Tx } from '../../platform/database/tx.js';
import type { Permission, Viewer } from '../../platform/identity/viewer.js';
import { found, Refused, raise } from '../../platform/refused.js';
import { Membership } from './accounts.entity.js';
import * as accounts from './accounts.repository.js';
import { isLive, succeedingRefused } from './accounts.rules.js';
import { assertNotEntered, writeMembership } from './seat-member.js';

/**
 * The successor takes the very seat: side, role, permissions and end. What the side owes follows
 * of itself, for it is owed by the side. Both ends are one act, so the side is never without
 * whoever manages it.
 *
 * @returns the successor's membership, and what passed and ended with the seat
 */
export async function replaceMember(
  tx: Tx,
  viewer: Viewer,
  { id, email }: { id: string; email: string },
): Promise<{ seat: accounts.MembershipRow; held: accounts.Holdings }> {
  const seen = found(await accounts.membershipById(tx, id));
  await accounts.managersOf(tx, seen.principalId);
  // Under the side's lock: somebody may have ended it meanwhile.
  const seat = found(await accounts.membershipById(tx, id));
  const accountId = await accounts.accountByEmail(tx, email);
  raise(succeedingRefused({ viewer, seat, accountId: accountId ?? '', live: isLive(seat) }));
  await assertNotEntered(tx, seat.side);
  if (!accountId) throw new Refused('unknown-account', { email });
  const ended = { revokedAt: new Date(), revokedBy: viewer.accountId };
  await tx.update(Membership, { id, revokedAt: null }, ended);
  await endLesserSeat(tx, seat, accountId, ended);
  const { principalId, role, until } = seat;
  const permissions = seat.permissions as Permission[];
  const next = { accountId, principalId, role, permissions, until };
  const membershipId = await writeMembership(tx, next, viewer.accountId);
  await accounts.tellOfMembership(tx, membershipId);
  const held = await accounts.passOn(tx, id, membershipId);
  return { seat: found(await accounts.membershipById(tx, membershipId)), held };
}

/** A deputy who succeeds the head gives up the deputy's seat; one who holds as much keeps it. */
async function endLesserSeat(
  tx: Tx,
  { principalId, permissions }: accounts.MembershipRow,
  accountId: string,
  ended: Pick<Membership, 'revokedAt' | 'revokedBy'>,
): Promise<void> {
  const held = await tx.findOne(Membership, { accountId, principalId, revokedAt: null });
  const lesser = held && held.permissions.length < permissions.length;
  if (!lesser || !held.permissions.every((each) => permissions.includes(each))) return;
  await tx.update(Membership, { id: held.id, revokedAt: null }, ended);
}
