import type { Line } from './marked-lines.js';

/** A run of text as it stands on a page; coordinates grow to the right and upwards. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  /** The file marks it as no part of the text. */
  readonly artifact: boolean;
}

export interface PlacedPage {
  readonly bottom: number;
  readonly top: number;
  readonly texts: readonly PlacedText[];
}

interface PlacedLine {
  text: string;
  left: number;
  right: number;
  y: number;
  size: number;
  artifact: boolean;
}

/** So much of a page's height, at its head and foot, is where running lines stand. */
const MARGIN = 0.09;
/** Gaps in ems: one parts words, the other columns. A mark that refers to a note clings. */
const WORD_GAP = 0.15;
const MARK_GAP = 0.3;
const COLUMN_GAP = 1.8;
/** In leadings: so far from the line before, a line is set off. */
const SET_OFF = 1.3;

/** The lines of the pages of a PDF, which knows only where each run of letters stands. */
export function linesOfPages(pages: readonly PlacedPage[]): Line[] {
  const placed = pages.map(linesOfPage);
  const leading = leadingOf(placed);
  const lines = placed.flatMap((page, number) =>
    page.map((line, i): Line => ({
      text: line.text,
      gap: isSetOff(page[i - 1], line, leading),
      page: number,
      part: line.artifact ? 'furniture' : undefined,
    })),
  );
  return joinBrokenWords(lines);
}

function linesOfPage({ texts, bottom, top }: PlacedPage): PlacedLine[] {
  const lines: PlacedLine[] = [];
  for (const text of texts) {
    const line = lines.at(-1);
    if (line && standsBeside(line, text)) join(line, text);
    else lines.push(lineOf(text));
  }
  // Running lines may be written in any order; the rules look for them at the edges.
  const margin = (top - bottom) * MARGIN;
  const rank = ({ y }: PlacedLine) => (y > top - margin ? 0 : y < bottom + margin ? 2 : 1);
  return lines.toSorted((a, b) => rank(a) - rank(b) || (rank(a) === 1 ? 0 : b.y - a.y));
}

const lineOf = ({ text, x, width, ...rest }: PlacedText): PlacedLine => ({
  ...rest,
  text,
  left: x,
  right: x + width,
});

function standsBeside(line: PlacedLine, { x, y, width, size }: PlacedText): boolean {
  const slack = Math.max(size, line.size) * 0.5;
  if (Math.abs(y - line.y) > slack) return false;
  return x >= line.right - slack || x + width <= line.left + slack;
}

function join(line: PlacedLine, next: PlacedText): void {
  const gap = next.x >= line.left ? next.x - line.right : line.left - next.x - next.width;
  const ems = gap / Math.max(line.size, next.size);
  const raised = next.size < line.size * 0.85 && next.y > line.y;
  // A mark at the beginning of a note is parted from it, however near it stands.
  const afterMark =
    line.size < next.size * 0.85 && line.y > next.y && /^[\d*]{1,3}$/.test(line.text);
  if (ems > COLUMN_GAP) line.text += '\t';
  else if (ems > (raised ? MARK_GAP : WORD_GAP) || afterMark) line.text += ' ';
  line.text += next.text;
  line.left = Math.min(line.left, next.x);
  line.right = Math.max(line.right, next.x + next.width);
  line.artifact &&= next.artifact;
  if (next.size > line.size) {
    line.size = next.size;
    line.y = next.y;
  }
}

/** The distance between two lines of running text: the commonest one, in half points. */
function leadingOf(pages: readonly (readonly PlacedLine[])[]): number {
  const seen = new Map<number, number>();
  for (const page of pages) {
    for (const [i, { y }] of page.entries()) {
      const distance = Math.round(((page[i - 1]?.y ?? y) - y) * 2);
      if (distance > 0) seen.set(distance, (seen.get(distance) ?? 0) + 1);
    }
  }
  const [commonest] = [...seen].toSorted((a, b) => b[1] - a[1]);
  return (commonest?.[0] ?? 0) / 2;
}

function isSetOff(before: PlacedLine | undefined, line: PlacedLine, leading: number): boolean {
  if (!before) return true;
  const distance = before.y - line.y;
  return distance > leading * SET_OFF || Math.abs(before.size - line.size) > line.size * 0.12;
}

/** A word that was broken at the end of a line is one word. */
function joinBrokenWords(lines: readonly Line[]): Line[] {
  const texts = lines.map(({ text }) => text);
  for (let i = 0; i + 1 < texts.length; i++) {
    const head = /^(.*\p{Ll})[-\u00ad\u2010]$/su.exec(texts[i]!)?.[1];
    const tail = /^(\p{Ll}\S*)\s*(.*)$/su.exec(texts[i + 1]!);
    if (head === undefined || !tail || lines[i]!.page !== lines[i + 1]!.page) continue;
    texts[i] = head + tail[1]!;
    texts[i + 1] = tail[2]!;
  }
  return lines.map((line, i) => ({ ...line, text: texts[i]! }));
}
