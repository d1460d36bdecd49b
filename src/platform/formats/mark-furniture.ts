import type { MarkedLines, PageLines } from './marked-lines.js';

const SYMBOL = /^[A-Z][A-Z0-9]{0,7}(?:\/[A-Za-z0-9.()-]{1,24}){1,9}(?<!\.)\*?$/;
const NUMBER =
  /^(?:(?:[Pp]age|PAGE|[Pp]ágina|[Сс]траница|صفحة|第)\s?)?[-–—]?\s?(?:\d{1,4}|[ivxl]{1,7})\s?[-–—]?(?:\s?(?:\/|of|de|sur|из|من)\s?\d{1,4})?\s?页?$/u;
/** The number that a document has in the print shop, and its barcode. */
const JOB = /^(?:(?:GE|V|NA)[.:]\s?\d\d-\d{5}|\d\d-\d{5}\s?\([A-Z]\)|\*\d{6,9}\*)/;

/** How many lines at the head and foot of a page can be running ones, and how long they are. */
const EDGE = 3;
const RUNNING = 80;
/** Running lines show themselves on the first pages; bounds what is remembered. */
const SAMPLE = 100;

/** A document symbol, such as A/HRC/43/15. */
const isSymbol = (text: string): boolean => SYMBOL.test(text) && /\d/.test(text);
export const isJobNumber = (text: string): boolean => text.length <= 60 && JOB.test(text);

const isRunning = (text: string): boolean =>
  text !== '' &&
  text.length <= RUNNING &&
  text.split('\t').every((part) => isSymbol(part) || NUMBER.test(part) || isJobNumber(part));

/** The form of a running line: the same on each page but for its numbers, and no sentence. */
const form = (text: string): string =>
  text.length <= RUNNING && !/[.,;:]$/.test(text) ? text.replaceAll(/\d+/g, '#') : '';

/** The symbol that the head of the first page bears, if any. */
export function documentSymbol(lines: MarkedLines): string | undefined {
  for (let i = 0; i < Math.min(lines.length, 20); i++) {
    const symbol = lines.short(i).split(/\s/).find(isSymbol);
    if (symbol) return symbol;
  }
  return undefined;
}

/** The lines at the head of a page and at its foot, each from the edge inwards. */
function edges({ start, end }: PageLines): readonly [number[], number[]] {
  const length = Math.min(EDGE, end - start);
  return [
    Array.from({ length }, (_, n) => start + n),
    Array.from({ length }, (_, n) => end - 1 - n),
  ];
}

/**
 * The forms of lines that stand at the edge of a third of the pages, of three at least, and
 * hardly ever within one, as a sentence does that the text repeats.
 */
function repeatedForms(lines: MarkedLines, pages: readonly PageLines[]): Set<string> {
  const enough = Math.max(3, pages.length / 3);
  if (pages.length < enough) return new Set();
  const formOf = (i: number) => form(lines.short(i));
  const seen = new Map<string, number>();
  const add = (key: string, by: number) => seen.set(key, (seen.get(key) ?? 0) + by);
  for (const page of pages) new Set(edges(page).flat().map(formOf)).forEach((key) => add(key, 1));
  for (const { start, end } of pages) {
    for (let i = start + EDGE; i < end - EDGE; i++) if (seen.has(formOf(i))) add(formOf(i), -3);
  }
  seen.delete('');
  return new Set([...seen.keys()].filter((key) => (seen.get(key) ?? 0) >= enough));
}

/**
 * Marks what the page adds to the text: running symbols and titles, page and job numbers.
 * With form feeds, from the edges of each page inwards; without, a line that bears the
 * document's own symbol and the page number beside it.
 */
export function markFurniture(lines: MarkedLines): void {
  const pages = [...lines.pages()];
  const repeated = repeatedForms(lines, pages.slice(0, SAMPLE));
  const isFurniture = (i: number) =>
    isRunning(lines.short(i)) || repeated.has(form(lines.short(i)));

  for (const edge of pages.length > 1 ? pages.flatMap(edges) : []) {
    const inner = edge.findIndex((i) => !isFurniture(i));
    for (const i of inner < 0 ? edge : edge.slice(0, inner)) lines.mark('furniture', i);
  }

  const symbol = documentSymbol(lines);
  for (let i = 0; i < lines.length; i++) {
    const text = lines.short(i);
    if (isJobNumber(text)) lines.mark('furniture', i);
    if (!symbol || !text.split('\t').includes(symbol) || !isRunning(text)) continue;
    lines.mark('furniture', i);
    for (const beside of [i - 1, i + 1]) {
      if (NUMBER.test(lines.short(beside))) lines.mark('furniture', beside);
    }
  }
}
