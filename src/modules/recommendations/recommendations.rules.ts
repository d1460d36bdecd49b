import type { ItemRule } from '../../kernel/definition.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';

/**
 * The order of a label: its numbers count as numbers, so that 140.10 follows 140.9, and
 * whatever else stands in it is kept, so that a damaged label still has its place. Compare
 * byte by byte (`COLLATE "C"`).
 */
export const labelOrder = (label: string): string =>
  label.replaceAll(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(12, '0'));

export type Act = 'make' | 'label' | 'answer' | 'classify';

const RULE: Record<
  Act,
  ['by' | 'labelledBy' | 'answeredBy', 'during' | 'labelledDuring' | 'answeredDuring' | null]
> = {
  make: ['by', 'during'],
  label: ['labelledBy', 'labelledDuring'],
  answer: ['answeredBy', 'answeredDuring'],
  // Whoever orders the list says what is in it, whenever that is found out.
  classify: ['labelledBy', null],
};

/** Whether roles and stage allow an act on items of this kind. */
export function actRefused(
  item: ItemRule,
  act: Act,
  { held, permitted, stage, permission }: Doer,
): Refusal | null {
  const [by, during] = RULE[act];
  if (!item[by].some((role) => held.includes(role))) return refusal('wrong-role', { by: item[by] });
  if (!item[by].some((role) => permitted.includes(role))) {
    return refusal('permission-missing', { permission });
  }
  if (during === null || item[during].includes(stage)) return null;
  return refusal('wrong-stage', { status: stage, during: item[during] });
}

interface Doer {
  /** Roles held through any seat, and through a seat with the permission. */
  readonly held: readonly string[];
  readonly permitted: readonly string[];
  readonly permission: string;
  readonly stage: string;
}

/** A State makes a recommendation together with others: each once, and not the one reviewed. */
export function coStatesRefused(
  states: readonly string[],
  { own, subject }: { own: string; subject: string },
): Refusal | null {
  const repeated = states.filter((state, index) => states.indexOf(state) < index || state === own);
  if (repeated.length > 0) return refusal('invalid-content', { repeated });
  return states.includes(subject) ? refusal('wrong-role', { subject }) : null;
}
