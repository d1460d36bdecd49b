import type { FollowUpRule } from '../../kernel/definition.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import type { AssessmentBody } from '../record/index.js';

type Kind = AssessmentBody['kind'];

/** Every role that says something of implementation, the State's own first. */
export const speakers = ({ status, assessments }: FollowUpRule): string[] => [
  ...new Set([...status.by, ...assessments.by]),
];

/** Whether what a side with these roles says is the State's own word, or somebody else's. */
export const kindOf = ({ status }: FollowUpRule, roles: readonly string[]): Kind =>
  status.by.some((role) => roles.includes(role)) ? 'status' : 'assessment';

/** What a side may say with such a word. */
export const gradesOf = (rule: FollowUpRule, kind: Kind): readonly string[] =>
  (kind === 'status' ? rule.status : rule.assessments).grades;

/** What stands against a word of this kind, spoken today. */
export function wordRefused(
  rule: FollowUpRule,
  { kind, grade, asOf, today }: { kind: Kind; grade: string; asOf: string; today: string },
): Refusal | null {
  const known = gradesOf(rule, kind);
  if (!known.includes(grade)) return refusal('grade-unknown', { grade, known });
  return asOf > today ? refusal('dates-in-disorder', { asOf }) : null;
}
