/** What two accounts of a review have in common, and every difference between them, one a line. */
export interface Comparison {
  readonly counts: readonly {
    readonly what: string;
    readonly equal: number;
    readonly of: number;
  }[];
  readonly differences: readonly string[];
}

/** Counts equal ones of a kind, and keeps a line for each of the others. */
export class Tally {
  readonly differences: string[] = [];
  readonly #counts = new Map<string, { equal: number; of: number }>();

  check(what: string, equal: boolean, difference: () => string): void {
    const count = this.#counts.get(what) ?? { equal: 0, of: 0 };
    this.#counts.set(what, { equal: count.equal + Number(equal), of: count.of + 1 });
    if (!equal) this.differences.push(difference());
  }

  /** Things on two lists: those that are on both. */
  checkSame(what: string, ours: readonly string[], theirs: readonly string[]): void {
    for (const each of new Set([...theirs, ...ours])) {
      const [here, there] = [ours.includes(each), theirs.includes(each)];
      this.check(what, here && there, () => `${each}: ${here ? 'not in' : 'only in'} the report`);
    }
  }

  /** Of those on two lists, as many as stand in one order on both. */
  checkOrder(what: string, ours: readonly string[], theirs: readonly string[]): void {
    const common = ours.filter((each) => theirs.includes(each));
    const kept = new Set(longestInOrder(common.map((each) => theirs.indexOf(each))));
    for (const [at, each] of common.entries()) {
      const place = theirs.indexOf(each);
      this.check(what, kept.has(place), () => {
        const before = theirs[place - 1];
        const where = before === undefined ? 'comes first' : `comes after ${before}`;
        return `${each}: number ${at + 1} here, ${where} in the report`;
      });
    }
  }

  result(): Comparison {
    const counts = [...this.#counts].map(([what, count]) => ({ what, ...count }));
    return { counts, differences: this.differences };
  }
}

/** The longest run of different numbers that rise, leaving out as few as can be. */
function longestInOrder(numbers: readonly number[]): number[] {
  const best: number[][] = [];
  for (const each of numbers) {
    const length = best.findLastIndex((run) => run.at(-1)! < each) + 1;
    best[length] = [...(best[length - 1] ?? []), each];
  }
  return best.at(-1) ?? [];
}

const DIFFERS = ' differs: ';

/** Lines for whoever watches, or keeps them in a file: figures first. */
export const comparisonLines = (what: string, { counts, differences }: Comparison): string[] => [
  `${what}: ${counts.map(({ what: of, equal, of: all }) => `${equal} of ${all} ${of}`).join(', ')}`,
  ...differences.map((each) => what + DIFFERS + each),
];

/** Whether a line is one of the differences, not of the figures. */
export const isDifference = (line: string): boolean => line.includes(DIFFERS);
