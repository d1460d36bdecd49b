/** What was said of one text, and what people say. */
export interface Judged {
  readonly said: ReadonlySet<string>;
  readonly is: ReadonlySet<string>;
}

interface Score {
  readonly code: string;
  /** Texts that have it. */
  readonly support: number;
  readonly said: number;
  readonly right: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface Scores {
  readonly texts: number;
  /** Texts of which everything was said, and nothing else. */
  readonly exact: number;
  readonly micro: { readonly precision: number; readonly recall: number; readonly f1: number };
  /** The mean over the codes that occur. */
  readonly macroF1: number;
  readonly codes: readonly Score[];
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const f1Of = (precision: number, recall: number): number =>
  ratio(2 * precision * recall, precision + recall);

/** Scores by code; codes that neither occur nor were said are left out. */
export function score(judged: readonly Judged[]): Scores {
  const names = new Set(judged.flatMap(({ said, is }) => [...said, ...is]));
  const codes = [...names]
    .map((code): Score => {
      const support = judged.filter(({ is }) => is.has(code)).length;
      const said = judged.filter((each) => each.said.has(code)).length;
      const right = judged.filter((each) => each.said.has(code) && each.is.has(code)).length;
      const precision = ratio(right, said);
      const recall = ratio(right, support);
      return { code, support, said, right, precision, recall, f1: f1Of(precision, recall) };
    })
    .toSorted((a, b) => b.support - a.support || (a.code < b.code ? -1 : 1));
  const sum = (of: (each: Score) => number): number =>
    codes.reduce((total, each) => total + of(each), 0);
  const precision = ratio(
    sum(({ right }) => right),
    sum(({ said }) => said),
  );
  const recall = ratio(
    sum(({ right }) => right),
    sum(({ support }) => support),
  );
  const occurring = codes.filter(({ support }) => support > 0);
  return {
    texts: judged.length,
    exact: judged.filter(
      ({ said, is }) => said.size === is.size && [...is].every((each) => said.has(each)),
    ).length,
    micro: { precision, recall, f1: f1Of(precision, recall) },
    macroF1: ratio(
      occurring.reduce((total, { f1 }) => total + f1, 0),
      occurring.length,
    ),
    codes,
  };
}

/** How it would come out to say always what is said most often. */
export function majority(judged: readonly Judged[]): Scores {
  const counts = score(judged.map(({ is }) => ({ said: new Set<string>(), is }))).codes;
  const said = new Set(counts.slice(0, 1).map(({ code }) => code));
  return score(judged.map(({ is }) => ({ said, is })));
}

/** How often a code that was missing stood beside one that was said wrongly, the most frequent first. */
export function mistaken(judged: readonly Judged[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const { said, is } of judged) {
    const missing = [...is].filter((code) => !said.has(code));
    const wrong = [...said].filter((code) => !is.has(code));
    for (const each of missing) {
      for (const other of wrong) {
        const pair = `${each} → ${other}`;
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    }
  }
  return [...counts]
    .toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .slice(0, most)
    .map(([pair, count]) => `${pair} (${count})`);
}
