import type { AdmissibilityRule, TestAnswer } from '../../kernel/admissibility.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';

interface Answered {
  readonly test: string;
  readonly n: number;
  readonly answer: TestAnswer;
}

/** The answers that stand: to each test the last one. */
export function standingAnswers<T extends Answered>(answers: readonly T[]): Map<string, T> {
  const latest = new Map<string, T>();
  for (const each of answers) {
    const known = latest.get(each.test);
    if (!known || known.n < each.n) latest.set(each.test, each);
  }
  return latest;
}

/** What stands against answering a test at this stage. */
export function answeringRefused(
  rule: AdmissibilityRule,
  name: string,
  status: string,
): Refusal | null {
  const test = rule.tests.find((each) => each.test === name);
  if (!test) return refusal('unknown-test', { tests: rule.tests.map((each) => each.test) });
  const during = [...rule.during, ...(test.kind === 'weighing' ? rule.weighedDuring : [])];
  return during.includes(status) ? null : refusal('wrong-stage', { status, during });
}
