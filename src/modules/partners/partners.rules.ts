import { refusal, type Refusal } from '../../kernel/refusal.js';
import { registrationEnds } from '../../kernel/registration.js';
import type { Partner } from '../documents/index.js';
import { lateRefused, type Deadline } from '../proceedings/index.js';

export type Answer = 'accept' | 'decline' | 'seal' | 'leave';
type State = Pick<Partner, 'status' | 'sealed'>;

interface Naming {
  /** The side that is asked, and the one that asks. */
  readonly side: string;
  readonly lead: string;
  /** Those who were asked before, each once. */
  readonly partners: readonly Pick<Partner, 'side' | 'status'>[];
  readonly most: number;
}

const STANDING = ['asked', 'accepted'];

const AGAIN = ['declined', 'removed', 'lapsed'];

/** Who left is not asked again: that it left is its own affair. */
export function namingRefused({ side, lead, partners, most }: Naming): Refusal | null {
  if (side === lead) return refusal('not-your-own');
  const known = partners.find((each) => each.side === side);
  if (known && !AGAIN.includes(known.status)) {
    return refusal('already-exists', { status: known.status });
  }
  const standing = partners.filter(({ status }) => STANDING.includes(status)).length;
  return standing >= most ? refusal('too-many-partners', { most }) : null;
}

/** Until when a partner may accept where a deadline closes, and by how much it was extended. */
export const acceptingUntil = (
  { due }: Pick<Deadline, 'due'>,
  { extendedBy }: Pick<Partner, 'extendedBy'>,
): Date => (extendedBy === null ? due : new Date(registrationEnds(due.toISOString(), extendedBy)));

interface Answering {
  readonly state: State;
  readonly closing: Deadline | undefined;
  readonly now: Date;
  /** Whether there is a text to accept. */
  readonly hasText: boolean;
}

/** What stands against an answer of a partner's own. */
export function answerRefused(
  answer: Answer,
  { state: { status, sealed }, closing, now, hasText }: Answering,
): Refusal | null {
  if (answer === 'accept') {
    if (status !== 'asked') return refusal('already-given', { status });
    return lateRefused(closing, now) ?? (hasText ? null : refusal('content-missing'));
  }
  if (answer === 'decline') return status === 'asked' ? null : refusal('already-given', { status });
  if (status !== 'accepted') return refusal('too-early', { status });
  return answer === 'seal' && sealed ? refusal('already-given', { sealed }) : null;
}

/** What becomes of a partner by its own answer. */
export function answered(
  answer: Answer,
  { sealed, text, now }: { sealed: boolean; text: string | null; now: Date },
): Partial<Partner> {
  if (answer === 'seal') return { sealed: true };
  const status = ({ accept: 'accepted', decline: 'declined', leave: 'left' } as const)[answer];
  const given = { status, answeredAt: now };
  // Who accepts anew keeps the seal that it had asked for.
  return answer === 'accept'
    ? { ...given, acceptedSha256: text, ...(sealed && { sealed }) }
    : given;
}

/** Whether it is in on the document still. */
export const isStanding = ({ status }: Pick<Partner, 'status'>): boolean =>
  STANDING.includes(status);

/** Whether it is named to others where the document is before them. */
export const isNamed = ({ status, sealed }: State): boolean => status === 'accepted' && !sealed;
