import type { Definition } from '../../kernel/definition.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';

/** Roles of those whom a case is between: whoever files it, and whom it is about. */
export const partiesOf = ({ triggers = [] }: Definition): string[] => [
  ...new Set(triggers.flatMap(({ by, about }) => [by, about])),
];

const CHAIR = 'chair';
export const OFFICE = 'secretariat';

interface Deciding {
  readonly status: 'open' | 'recused' | 'kept';
  /** The viewer’s roles, and those with the permission to act in them. */
  readonly roles: readonly string[];
  readonly may: readonly string[];
  /** It is the viewer whom it concerns. */
  readonly own: boolean;
  /** It concerns the chair, or the chair has been recused. */
  readonly withoutChair: boolean;
}

/** The role that decides whether a member is recused. */
export const deciderOf = ({ withoutChair }: Pick<Deciding, 'withoutChair'>): string =>
  withoutChair ? OFFICE : CHAIR;

/** Nobody decides of themselves; the chair of others, and the Committee, through its secretariat, of the chair. */
export function decidingRefused(deciding: Deciding): Refusal | null {
  const by = deciderOf(deciding);
  if (deciding.own) return refusal('not-your-own');
  if (!deciding.roles.includes(by)) return refusal('wrong-role', { by: [by] });
  if (!deciding.may.includes(by)) return refusal('permission-missing', { permission: 'submit' });
  return deciding.status === 'open'
    ? null
    : refusal('conflict-decided', { status: deciding.status });
}
