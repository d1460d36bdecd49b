/** Something of the review that was withdrawn. */
export interface Withdrawn {
  readonly id: string;
  readonly kind: string;
  readonly itemId: string;
  readonly at: Date;
  /** By which texts name it, as far as that is still known: its label, its symbol. */
  readonly name: string | null;
}

interface Written {
  readonly id: string;
  readonly text: string;
  readonly writtenAt: Date;
}

/** What was withdrawn, with the paragraphs that may still tell of it. */
export interface Outdating extends Withdrawn {
  /** Those that name it. */
  readonly namedIn: readonly string[];
  /** All that were written before: what quotes it without its name, only a reader finds. */
  readonly before: readonly string[];
}

/** The withdrawals that came after some paragraph was written, as they were made. */
export const outdating = (
  withdrawals: readonly Withdrawn[],
  paragraphs: readonly Written[],
): Outdating[] =>
  withdrawals
    .map((each) => {
      const before = paragraphs.filter(({ writtenAt }) => writtenAt <= each.at);
      const naming = before.filter(({ text }) => each.name !== null && names(text, each.name));
      const idsOf = (of: readonly Written[]) => of.map(({ id }) => id);
      return { ...each, namedIn: idsOf(naming), before: idsOf(before) };
    })
    .filter(({ before }) => before.length > 0);

/** Whether a text holds a label or a symbol by itself: in `6.121` and `16.12` there is no `6.12`. */
function names(text: string, name: string): boolean {
  const plain = name.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\d./])${plain}(?![\p{L}\d/]|\.\d)`, 'u').test(text);
}
