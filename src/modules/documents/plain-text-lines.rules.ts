/** What a count of words leaves out, in the order in which it is told. */
export const leftOutParts = ['cover', 'contents', 'furniture', 'notes', 'annexes'] as const;
export type LeftOutPart = (typeof leftOutParts)[number];

/** The lines of one page: from `start` up to, not with, `end`. */
export interface PageLines {
  readonly start: number;
  readonly end: number;
}

/** No heading, running line or entry of contents is longer; longer lines are prose. */
const SHORT = 200;
/** A hundred times the longest report; bounds time and memory where a text is all line ends. */
export const MOST_LINES = 200_000;

/**
 * The lines of a text that have something on them, each with its place, and the part of
 * the document that the rules found it to be (`undefined`: the body). Whoever marks a line
 * first keeps it.
 */
export class MarkedLines {
  /** Trimmed; a tab, or two spaces and more, stands as one tab. */
  readonly text: string[] = [];
  /** A blank line, a drawn rule or the top of a page stands before it. */
  readonly gap: boolean[] = [];
  /** The number of form feeds before it. */
  readonly page: number[] = [];
  readonly part: (LeftOutPart | undefined)[] = [];

  private constructor(source: readonly string[]) {
    let page = 0;
    let gap = true;
    for (const line of source) {
      const top = line.startsWith('\f');
      if (top) page++;
      gap ||= top;
      if (/[\p{L}\p{N}*]/u.test(line)) {
        this.text.push(line.trim().replaceAll(/\s{2,}/g, '\t'));
        this.gap.push(gap);
        this.page.push(page);
        this.part.push(undefined);
        gap = false;
      } else gap = true;
    }
  }

  /** Nothing where the text has more lines than any document: its parts are not looked for. */
  static of(source: string): MarkedLines | undefined {
    const lines = source.split(/\r\n?|[\n\u2028\u2029]|(?=\f)/, MOST_LINES + 1);
    return lines.length > MOST_LINES ? undefined : new MarkedLines(lines);
  }

  get length(): number {
    return this.text.length;
  }

  /** The line, or nothing where it is too long to be anything but prose. */
  short(index: number): string {
    const text = this.text[index] ?? '';
    return text.length <= SHORT ? text : '';
  }

  mark(part: LeftOutPart, from: number, to = from + 1): void {
    for (let i = from; i < to; i++) this.part[i] ??= part;
  }

  /** Every page that has lines. */
  *pages(): Generator<PageLines> {
    for (let start = 0, end = 1; start < this.length; end++) {
      if (this.page[end] === this.page[start]) continue;
      yield { start, end };
      start = end;
    }
  }

  /** No wrapped line of a paragraph: a gap, or the end of a sentence, stands before it. */
  standsAlone(index: number): boolean {
    if (this.gap[index]) return true;
    let before = index - 1;
    while (before >= 0 && this.part[before] === 'furniture') before--;
    return /[.!?:;。！？：；][)\]"”’»]{0,2}\d{0,3}$/u.test(this.text[before]?.slice(-8) ?? '.');
  }
}
