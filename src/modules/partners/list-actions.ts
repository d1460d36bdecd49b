import { offered, type Offered } from '../../kernel/offered.js';
import { deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { codeRefusing, raise } from '../../platform/refused.js';
import type { Partner } from '../documents/index.js';
import { assertFiler, chooseSeat, lateRefused, type Deadline } from '../proceedings/index.js';
import { textToAccept, type JointFound } from './find-partners.js';
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
export function partnerActions(tx: Tx, joint: JointFound): Offered[] {
  const { document, closing, accepting, own } = joint;
  const none = joint.offered ? null : 'not-offered';
  const lead = codeRefusing(() => assertFiler(tx, document, 'prepare'));
  const submitted = document.status === 'draft' ? null : 'already-submitted';
  const name = none ?? lead ?? submitted ?? lateRefused(closing, tx.now)?.code ?? null;
  const remove = none ?? lead ?? (own.some(isStanding) ? null : 'unknown-side');
  const hasText = textToAccept(joint) !== null;
  const answer = (each: Answer): string | null =>
    none ??
    codeRefusing(() => {
      const ground = { state: seatOfPartner(tx, own), closing: accepting, now: tx.now, hasText };
      raise(answerRefused(each, ground));
    });
  return [
    offered('name', name, dueOf(closing)),
    offered('remove', remove),
    ...ANSWERS.map((each) =>
      offered(each, answer(each), each === 'accept' ? dueOf(accepting) : null),
    ),
  ];
}

const dueOf = (deadline: Deadline | undefined): string | null =>
  deadline?.due.toISOString() ?? null;
