import { deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { Refused } from '../../platform/refused.js';
import type { Partner } from '../documents/index.js';
import { assertFiler, chooseSeat, lateRefused, type Deadline } from '../proceedings/index.js';
import { textToAccept, type JointFound } from './find-partners.js';
import type { PartnerAction } from './partners.presenter.js';
import { answerRefused, isStanding, type Answer } from './partners.rules.js';

const ANSWERS: readonly Answer[] = ['accept', 'decline', 'seal', 'leave'];

/**
 * The partner that the viewer speaks for.
 *
 * @throws Refused `wrong-role`, `permission-missing`, or `side-ambiguous` with the sides
 */
export function seatOfPartner(tx: Tx, own: readonly Partner[], as?: string): Partner {
  const mine = own.filter(({ side, compartment }) => compartment === deskOf(side));
  const sides = mine.map(({ side }) => side);
  const fitting = (tx.viewer?.seats ?? []).filter(({ side }) => sides.includes(side));
  const { side } = chooseSeat(fitting, { by: ['partner'], as, permission: 'submit' });
  return mine.find((each) => each.side === side)!;
}

/** What the viewer could do about the partners now: as the lead, or as one of them. */
export function partnerActions(tx: Tx, joint: JointFound): PartnerAction[] {
  const { document, closing, accepting, own, offered } = joint;
  const none = offered ? null : 'not-offered';
  const entry = (action: string, because: string | null, due: string | null): PartnerAction => ({
    action,
    allowed: because === null,
    because,
    deadline: due,
  });
  const lead = refusalOf(() => assertFiler(tx, document, 'prepare'));
  const submitted = document.status === 'draft' ? null : 'already-submitted';
  const name = none ?? lead ?? submitted ?? lateRefused(closing, tx.now)?.code ?? null;
  const remove = none ?? lead ?? (own.some(isStanding) ? null : 'unknown-side');
  const hasText = textToAccept(joint) !== null;
  const answer = (each: Answer): string | null =>
    none ??
    refusalOf(() => {
      const ground = { state: seatOfPartner(tx, own), closing: accepting, now: tx.now, hasText };
      const refused = answerRefused(each, ground);
      if (refused) throw new Refused(refused.code, refused.facts);
    });
  return [
    entry('name', name, dueOf(closing)),
    entry('remove', remove, null),
    ...ANSWERS.map((each) =>
      entry(each, answer(each), each === 'accept' ? dueOf(accepting) : null),
    ),
  ];
}

const dueOf = (deadline: Deadline | undefined): string | null =>
  deadline?.due.toISOString() ?? null;

function refusalOf(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}
