/** What a review comes to, counted from its own files or from the public record. */
export interface Counts {
  documents: number;
  recommendations: number;
  supported: number;
  noted: number;
  /** Distinct States that made a recommendation. */
  recommendingStates: number;
}

interface Difference {
  measure: keyof Counts;
  expected: number;
  published: number;
}

const MEASURES = {
  documents: 'documents',
  recommendations: 'recommendations',
  supported: '  supported',
  noted: '  noted',
  recommendingStates: 'recommending States',
} as const satisfies Record<keyof Counts, string>;

const measures = Object.keys(MEASURES) as (keyof Counts)[];

/** Where the record differs from the file; empty when it came out exact. */
export const compare = (expected: Counts, published: Counts): Difference[] =>
  measures
    .filter((measure) => expected[measure] !== published[measure])
    .map((measure) => ({
      measure,
      expected: expected[measure],
      published: published[measure],
    }));

/** Two columns of text, a line a measure; a line that differs ends in its difference. */
export function table(expected: Counts, published: Counts): string {
  const row = (name: string, left: string, right: string): string =>
    `${name.padEnd(20)}${left.padStart(10)}${right.padStart(11)}`;
  const lines = measures.map((measure) => {
    const difference = published[measure] - expected[measure];
    const line = row(MEASURES[measure], `${expected[measure]}`, `${published[measure]}`);
    return difference === 0 ? line : `${line}   ${difference > 0 ? '+' : ''}${difference}`;
  });
  return [row('', 'expected', 'published'), ...lines].join('\n');
}

/** The one object of `--json`, keys in a fixed order and nothing else. */
export function asJson(expected: Counts, published: Counts): string {
  const pick = (counts: Counts): Counts => ({
    documents: counts.documents,
    recommendations: counts.recommendations,
    supported: counts.supported,
    noted: counts.noted,
    recommendingStates: counts.recommendingStates,
  });
  return JSON.stringify({ expected: pick(expected), published: pick(published) });
}
