import { documentSymbol, isJobNumber } from './mark-furniture.js';
import type { MarkedLines } from './marked-lines.js';
import { WordCounter } from './word-counter.js';

const MASTHEAD = /\bDistr\.|\bOriginal\s?:/;
const CONTENTS =
  /^(?:(?:table of )?contents|table des matières|sommaire|índice|contenido|содержание|оглавление|(?:ال)?محتويات|目[录次])\s?:?$/iu;
/** The first numbered heading or paragraph, or an introduction: in the six UN languages. */
const FIRST = /^(?:[I1][.)]\s*\p{Lu}|أولا|一、)/u;
const INTRODUCTION = /^(?:introduction|introducción|введение|مقدمة|导言)$/iu;
/** Dotted leaders, with or without numbers of paragraphs and pages behind them. */
const LEADER = /(?:[.…·_]\s?){4,}[\s\d–-]*$/u;

/** A cover without form feeds ends within so many lines. */
const COVER_LINES = 80;
const TITLE_PAGE_WORDS = 120;
/** Entries of contents wrap; so many lines in a row that are none end them. */
const ENTRY_GAP = 3;
const CONTENTS_LINES = 400;

const hasLeader = (lines: MarkedLines, i: number): boolean =>
  LEADER.test(lines.short(i).slice(-48));
const startsBody = (lines: MarkedLines, i: number): boolean => {
  const text = lines.short(i);
  return (
    lines.heading[i] === true ||
    FIRST.test(text) ||
    INTRODUCTION.test(text) ||
    CONTENTS.test(text) ||
    lines.part[i] === 'contents'
  );
};

/** The masthead and, where gaps tell, the block below it: the body and the session. */
function mastheadEnd(lines: MarkedLines, last: number): number {
  let end = last + 1;
  for (let blocks = 0; end < lines.length; end++) {
    if (lines.gap[end] && ++blocks > 1) return end;
  }
  return last + 1;
}

function unitedNationsCover(lines: MarkedLines, last: number, page: number): number {
  const paged = page < lines.length;
  const limit = paged ? page : Math.min(lines.length, COVER_LINES);
  let end = paged ? page : mastheadEnd(lines, last);
  for (let i = last + 1; i < limit; i++) {
    const body = startsBody(lines, i);
    if (body) end = i;
    else if (!paged && isJobNumber(lines.short(i))) end = i + 1;
    else continue;
    break;
  }
  // A decision of one page: its text stands on the cover.
  return end < lines.length ? end : mastheadEnd(lines, last);
}

/** A first page of few words, none of them a sentence, before others. */
function isTitlePage(lines: MarkedLines, end: number): boolean {
  const counter = new WordCounter();
  let words = 0;
  for (let i = 0; i < end && words <= TITLE_PAGE_WORDS; i++) {
    const text = lines.short(i);
    const inLine = text === '' ? Infinity : counter.count(text);
    if (startsBody(lines, i) || (inLine >= 8 && /[.?!。]$/.test(text))) return false;
    words += inLine;
  }
  return words <= TITLE_PAGE_WORDS;
}

/**
 * Marks the cover: of a United Nations document from the masthead (symbol, "Distr.",
 * "Original:") to the first heading or the end of its page, with the asterisked note at
 * that page's foot; of others a first page that bears no more than a title.
 */
export function markCover(lines: MarkedLines): void {
  const [first, ...others] = lines.pages();
  const page = first?.end ?? 0;
  const head = Array.from({ length: Math.min(page, 20) }, (_, i) => i);
  const last = head.findLast((i) => MASTHEAD.test(lines.short(i)));
  if (last === undefined || !documentSymbol(lines)) {
    if (others.length >= 2 && isTitlePage(lines, page)) lines.mark('cover', 0, page);
    return;
  }
  const end = unitedNationsCover(lines, last, page);
  lines.mark('cover', 0, end);
  for (let i = page - 1; i >= Math.max(end, page - 8); i--) {
    if (lines.gap[i] && lines.text[i]?.startsWith('*')) lines.mark('cover', i, page);
  }
}

/** For lines below the first heading of contents: where the same words next stand alone. */
function findReturns(lines: MarkedLines): Map<number, number> {
  const first = new Map<string, number>();
  const next = new Map<number, number>();
  let heading = 0;
  while (heading < lines.length && !CONTENTS.test(lines.short(heading))) heading++;
  for (let i = heading + 1; i < lines.length; i++) {
    const text = lines.short(i);
    const before = first.get(text);
    if (before !== undefined && !next.has(before)) next.set(before, i);
    if (before === undefined && text && i <= heading + CONTENTS_LINES) first.set(text, i);
  }
  return next;
}

/**
 * What makes a line an entry of the contents under a heading: leaders, a page number not
 * lower than the last, or words that return as a heading, until the first of them do.
 */
function entriesAmong(lines: MarkedLines, returns: Map<number, number>) {
  let body: number | undefined;
  let reached = 1;
  return (i: number): boolean => {
    if (body !== undefined && i >= body) return false;
    const page = Number(/\s(\d{1,3})$/.exec(lines.short(i).slice(-5))?.[1] ?? 0);
    if (page >= reached) reached = page;
    else if (returns.has(i)) body ??= returns.get(i);
    else return hasLeader(lines, i);
    return true;
  };
}

/** The end of a run of entries that begins at `start`; `start` where there are too few. */
function runOfEntries(
  lines: MarkedLines,
  start: number,
  atLeast: number,
  isEntry: (index: number) => boolean,
): number {
  let end = start;
  let entries = 0;
  for (let i = start, others = 0; i < lines.length && others <= ENTRY_GAP; i++) {
    if (lines.part[i]) continue;
    if (isEntry(i)) {
      entries++;
      others = 0;
      end = i + 1;
    } else others++;
  }
  return entries < atLeast ? start : end;
}

/**
 * Marks tables of contents: under their heading two entries and more; without one, three
 * lines with leaders and more.
 */
export function markContents(lines: MarkedLines): void {
  const returns = findReturns(lines);
  for (let i = 0; i < lines.length; i++) {
    if (lines.part[i]) continue;
    if (CONTENTS.test(lines.short(i))) {
      const end = runOfEntries(lines, i + 1, 2, entriesAmong(lines, returns));
      if (end > i + 1) lines.mark('contents', i, end);
    } else if (hasLeader(lines, i)) {
      const end = runOfEntries(lines, i, 3, (at) => hasLeader(lines, at));
      lines.mark('contents', i, end);
    }
  }
}
