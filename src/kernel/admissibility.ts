/** What a test of admissibility is: the ground on which something can fail it. */
export const TEST_KINDS = ['completeness', 'standing', 'jurisdiction', 'bar', 'weighing'] as const;

export const TEST_ANSWERS = ['pass', 'fail', 'undetermined'] as const;
export type TestAnswer = (typeof TEST_ANSWERS)[number];

/** One question of the checklist by which it is determined whether something can be admitted. */
interface AdmissibilityTest {
  readonly test: string;
  /** What is weighed may stay undetermined, and is weighed again as the case goes on. */
  readonly kind: (typeof TEST_KINDS)[number];
  /** In English; translations stand in vocabularies. */
  readonly question: string;
  readonly source?: string;
  readonly unverified?: boolean;
}

export interface AdmissibilityRule {
  readonly by: readonly string[];
  /** Stages in which the tests are answered. */
  readonly during: readonly string[];
  /** Stages in which what is weighed may be answered anew. */
  readonly weighedDuring: readonly string[];
  readonly tests: readonly AdmissibilityTest[];
}

/** The tests that something has failed, and those that nobody has answered yet. */
export function judgeTests(
  { tests }: Pick<AdmissibilityRule, 'tests'>,
  answers: ReadonlyMap<string, TestAnswer>,
): { readonly failed: string[]; readonly open: string[] } {
  const named = (fits: (test: AdmissibilityTest) => boolean): string[] =>
    tests.filter(fits).map(({ test }) => test);
  const answered = ({ test, kind }: AdmissibilityTest): boolean => {
    const answer = answers.get(test);
    return answer !== undefined && (answer !== 'undetermined' || kind === 'weighing');
  };
  return {
    failed: named(({ test }) => answers.get(test) === 'fail'),
    open: named((test) => !answered(test)),
  };
}
