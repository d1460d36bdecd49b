import { refusal, type Refusal } from '../../kernel/refusal.js';
import type { MemberSeat } from './signatures.repository.js';

/** The longest for which a signature is lent: a quarter. */
const MOST_DAYS = 92;

interface Lending {
  readonly side: string;
  /** The viewer's own seat there, if any. */
  readonly own: MemberSeat | undefined;
  readonly delegate: MemberSeat | undefined;
  readonly from: Date;
  readonly until: Date;
  readonly now: Date;
}

/** One's own signature, to another member who has none, for a while that is not over. */
export function lendingRefused(lending: Lending): Refusal | null {
  const { side, own, delegate, from, until, now } = lending;
  if (!own?.permissions.includes('submit')) {
    return refusal('permission-missing', { permission: 'submit', side });
  }
  if (!delegate) return refusal('not-a-member', { side });
  if (delegate.id === own.id) return refusal('not-your-own');
  if (delegate.permissions.includes('submit')) return refusal('already-exists');
  const latest = new Date(from.getTime() + MOST_DAYS * 86_400_000);
  if (until > from && until > now && until <= latest) return null;
  const facts = { from: from.toISOString(), until: latest.toISOString() };
  return refusal('dates-in-disorder', facts);
}
