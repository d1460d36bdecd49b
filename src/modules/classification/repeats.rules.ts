import { stemOf, wordsOf } from './words.rules.js';

/** A recommendation that may be repeated, or may repeat one. */
interface Recommended {
  readonly id: string;
  readonly text: string;
}

interface Likeness {
  readonly id: string;
  /** From 0 (no word in common) to 1 (the same words). */
  readonly similarity: number;
}

/** As many as a person can look through; below this, few were one when it was tried. */
const MOST = 5;
const LEAST = 0.35;

/**
 * The earlier recommendations that a text is likely to repeat, the likest first: the cosine of what
 * both are made of, stems and pairs of stems that stand together, each weighed by how rare it is
 * among the earlier ones. What every recommendation says (ratify, continue, efforts) hardly counts.
 */
export function likelyRepeats(text: string, earlier: readonly Recommended[]): Likeness[] {
  if (earlier.length === 0) return [];
  const parts = earlier.map((each) => ({ id: each.id, parts: partsOf(each.text) }));
  const own = partsOf(text);
  const seen = new Map<string, number>();
  for (const each of [...parts.map(({ parts: some }) => some), own]) {
    for (const part of each) seen.set(part, (seen.get(part) ?? 0) + 1);
  }
  const all = earlier.length + 1;
  const weight = (part: string): number => Math.log(1 + all / seen.get(part)!) ** 2;
  const length = (some: ReadonlySet<string>): number =>
    Math.sqrt([...some].reduce((sum, part) => sum + weight(part), 0));
  const ownLength = length(own);
  return parts
    .map(({ id, parts: theirs }) => {
      const common = [...own].filter((part) => theirs.has(part));
      const product = common.reduce((sum, part) => sum + weight(part), 0);
      const lengths = ownLength * length(theirs);
      return { id, similarity: lengths === 0 ? 0 : Math.min(1, product / lengths) };
    })
    .filter(({ similarity }) => similarity >= LEAST)
    .toSorted((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1))
    .slice(0, MOST);
}

function partsOf(text: string): Set<string> {
  const stems = wordsOf(text).map(stemOf);
  const pairs = stems.slice(1).map((stem, at) => `${stems[at]} ${stem}`);
  return new Set([...stems, ...pairs]);
}

/** Whether two texts are the same, but for spaces, marks and capitals. */
export const sameWords = (one: string, other: string): boolean =>
  wordsOf(one).join(' ') === wordsOf(other).join(' ');

/** How the States that recommend it again stand to those that did before; null where nobody is named. */
export function comparedStates(
  now: readonly string[],
  before: readonly string[],
): 'same' | 'some' | 'other' | null {
  if (now.length === 0 || before.length === 0) return null;
  const again = now.filter((state) => before.includes(state));
  if (again.length === 0) return 'other';
  return again.length === now.length && now.length === before.length ? 'same' : 'some';
}

/** The recommendations of the record that were confirmed last, in the order of their ids. */
export function confirmedRepeats(
  decisions: readonly { readonly ofId: string; readonly repeats: boolean }[],
): string[] {
  const last = new Map(decisions.map(({ ofId, repeats }) => [ofId, repeats]));
  return [...last].flatMap(([id, repeats]) => (repeats ? [id] : [])).toSorted();
}
