import type { RecommendationRule } from '../../kernel/item-rules.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';

/**
 * The order of a label: its numbers count as numbers, so that 140.10 follows 140.9, and
 * whatever else stands in it is kept, so that a damaged label still has its place. Compare
 * byte by byte (`COLLATE "C"`).
 */
export const labelOrder = (label: string): string =>
  label.replaceAll(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(12, '0'));

/** How the parts of what was split are labelled, unless the report has labels of its own: `121.5 (a)`. */
export const partLabel = (label: string, index: number): string =>
  `${label} (${String.fromCodePoint(97 + index)})`;

/** Labels that two recommendations bear; what has none bears none. */
export function repeatedLabels(labels: readonly (string | null)[]): string[] {
  const given = labels.filter((label) => label !== null);
  return [...new Set(given.filter((label, index) => given.indexOf(label) < index))];
}

export type Act =
  | 'make'
  | 'label'
  | 'answer'
  | 'classify'
  | 'deliver'
  | 'ask-split'
  | 'decide-split';

interface Permitted {
  readonly by: readonly string[];
  /** Null: at any stage. */
  readonly during: readonly string[] | null;
}

/** Who may act on items of this kind, and when; undefined where the procedure does not offer it. */
export function ruleOf(item: RecommendationRule, act: Act): Permitted | undefined {
  const { by, during, wording, split } = item;
  const rules: Record<Act, Permitted | undefined> = {
    make: { by, during },
    label: { by: item.labelledBy, during: item.labelledDuring },
    answer: { by: item.answeredBy, during: item.answeredDuring },
    // Whoever orders the list says what is in it, whenever that is found out.
    classify: { by: item.labelledBy, during: null },
    deliver: wording && { by: wording.deliveredBy, during: wording.deliveredDuring },
    'ask-split': split && { by: split.askedBy, during: split.during },
    'decide-split': split && { by: split.decidedBy, during: split.during },
  };
  return rules[act];
}

/** Whether roles and stage allow an act on items of this kind. */
export function actRefused(
  item: RecommendationRule,
  act: Act,
  { held, permitted, stage, permission }: Doer,
): Refusal | null {
  const rule = ruleOf(item, act);
  if (!rule) return refusal('not-offered', { act });
  const { by, during } = rule;
  if (!by.some((role) => held.includes(role))) return refusal('wrong-role', { by });
  if (!by.some((role) => permitted.includes(role))) {
    return refusal('permission-missing', { permission });
  }
  if (during === null || during.includes(stage)) return null;
  return refusal('wrong-stage', { status: stage, during });
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
