import { firstDate, readRange, type DateRange, type IsoDate } from './dates.js';
import { flow } from './plain-text.js';

/** The first page of an official document. */
interface Head {
  /** Symbols printed before the title: the document's own. */
  symbols: string[];
  /** The day under "Distr." */
  issued?: IsoDate;
  /** Of the session printed in the head, where dates stand beside it. */
  sessionDates?: DateRange;
  title?: string;
}

const TITLE =
  /^\s*(?:National report|Compilation|Summary\b|Report of the Working Group|(?:\d+\/\d+\.?\s+)?Outcome of the universal)/i;
const JOB_NUMBER = /^\s*GE[.:]\s?\d{2}/;

export function readHead(text: string): Head {
  const lines = text.split('\n').slice(0, 70);
  const end = lines.findIndex((line) => JOB_NUMBER.test(line));
  const head = end < 0 ? lines : lines.slice(0, end);
  const titleAt = head.findIndex((line) => TITLE.test(line));
  const before = flow(titleAt < 0 ? head : head.slice(0, titleAt));
  const [, distribution = ''] = /Distr\b(.*?)(?:Original\b|$)/is.exec(before) ?? [];
  return {
    symbols: [...before.matchAll(/A\/HRC\/(?:[\w.-]+\/?)+/g)].map(([symbol]) => symbol),
    issued: firstDate(distribution),
    sessionDates: readRange(before.replace(distribution, '')),
    title: titleAt < 0 ? undefined : readTitle(head.slice(titleAt)),
  };
}

/** The block of lines that the title opens; a footnote mark inside it ends the title proper. */
function readTitle(lines: readonly string[]): string {
  const end = lines.findIndex((line) => line.trim() === '');
  return flow(end < 0 ? lines : lines.slice(0, end))
    .replace(/\*+$/, '')
    .replace(/\*+ /, ': ');
}
