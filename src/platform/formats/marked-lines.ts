import { mayHoldWords } from './word-counter.js';

/** What a count of words leaves out, in the order in which it is told. */
export const leftOutParts = [
  'cover',
  'contents',
  'furniture',
  'footnotes',
  'endnotes',
  'annexes',
] as const;
export type LeftOutPart = (typeof leftOutParts)[number];

/** A line, or a whole paragraph, as the reader of a format found it. */
export interface Line {
  readonly text: string;
  /** Something sets it off from the line before: a blank line, a paragraph, the top of a page. */
  readonly gap: boolean;
  /** Of no meaning but that it grows: on which page it stands. */
  readonly page: number;
  /** What the structure of the file says that it is; rules decide where it says nothing. */
  readonly part?: LeftOutPart | undefined;
  /** The structure says that it is a heading of the text. */
  readonly heading?: boolean | undefined;
}

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
 * The lines of a document that have something on them, each with its place, and the part of
 * the document that its structure or the rules found it to be (`undefined`: the body).
 * Whoever marks a line first keeps it, and the structure of the file comes first.
 */
export class MarkedLines {
  /** Trimmed; a tab, or two spaces and more, stands as one tab. */
  readonly text: string[] = [];
  /** A blank line, a drawn rule or the top of a page stands before it. */
  readonly gap: boolean[] = [];
  /** The page on which it stands. */
  readonly page: number[] = [];
  readonly part: (LeftOutPart | undefined)[] = [];

  /** The structure of the file calls it a heading. */
  readonly heading: boolean[] = [];

  private constructor(lines: Iterable<Line>) {
    let gap = false;
    for (const line of lines) {
      gap ||= line.gap;
      if (!line.text.includes('*') && !mayHoldWords(line.text)) {
        gap = true;
        continue;
      }
      this.text.push(line.text.trim().replaceAll(/\s{2,}/g, '\t'));
      this.gap.push(gap);
      this.page.push(line.page);
      this.part.push(line.part);
      this.heading.push(line.heading === true);
      gap = false;
    }
  }

  /** Nothing where there are more lines than in any document: their parts are not looked for. */
  static of(lines: readonly Line[]): MarkedLines | undefined {
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
