import type { StateNames } from '../modules/directory/state-names.rules.js';
import type { Folder } from './folder.js';
import { InputFault } from './input-fault.js';

/** What one State asked in advance, as it was circulated. */
export interface AskedQuestions {
  /** Alpha-3 code. */
  readonly state: string;
  /** In whose name it asked as well: `the Group of Friends on …`. */
  readonly group?: string;
  readonly questions: readonly string[];
}

interface FoundQuestions {
  readonly asked: readonly AskedQuestions[];
  /** Files of the cycle, readable or not. */
  readonly files: readonly string[];
  readonly warnings: readonly string[];
}

const TITLE = /^\s*ADVANCE QUESTIONS TO\b/;
/** The field of the page's number, with which the text of a word processor's file ends. */
const FOOTER = /\bMERGEFORMAT\b/;
const HEADING = /^(\P{Ll}+?)(?:\s+on behalf of\s+(.+))?$/u;
const LETTERS = /\p{Lu}{3}/u;
const ENDED = /[.?!:;]["”’)]*\s*$/;
const GOES_ON = /^[\s\p{Ll}(),.;:?!–-]/u;
const LOST_APOSTROPHE = /^s\b/;

/**
 * The advance questions of a cycle among a folder's files (`cycleN-…questions….txt`), in the order
 * of the files' names; a warning for a file in which none can be read.
 */
export function findQuestions(folder: Folder, cycle: number, names: StateNames): FoundQuestions {
  const files = folder.files.filter((file) =>
    new RegExp(String.raw`^cycle${cycle}-.*questions.*\.txt$`, 'i').test(file),
  );
  const read = files.map((file) => ({ file, ...readQuestions(textOf(folder, file), names) }));
  return {
    files,
    asked: read.flatMap(({ asked }) => asked),
    warnings: read.flatMap(({ file, asked, unknown }) => [
      ...(asked.length === 0 ? [`${file}: no advance question could be read in it`] : []),
      ...unknown.map((name) => `${file}: an unknown State asks, and is left out: ${name}`),
    ]),
  };
}

function textOf(folder: Folder, file: string): string {
  try {
    return folder.text(file);
  } catch (error) {
    if (error instanceof InputFault) return '';
    throw error;
  }
}

interface Draft {
  readonly heading: string;
  readonly group?: string;
  readonly lines: string[];
}

/**
 * Each State's questions under its name in capitals, from the title to the footer of a text taken
 * from a word processor's file, whose other bytes stand before and behind. Where a character was
 * lost, the line is broken: what goes on in the middle of a sentence is joined again.
 */
export function readQuestions(
  text: string,
  names: StateNames,
): { asked: AskedQuestions[]; unknown: string[] } {
  const lines = text.split('\n');
  const title = lines.findIndex((line) => TITLE.test(line));
  const end = lines.findIndex((line, at) => at > title && FOOTER.test(line));
  const drafts: Draft[] = [];
  for (const line of title < 0 ? [] : lines.slice(title + 1, end < 0 ? undefined : end)) {
    const [, heading = '', group] = (LETTERS.test(line) && HEADING.exec(line.trim())) || [];
    if (heading !== '') drafts.push({ heading, group, lines: [] });
    else if (line.trim().includes(' ')) drafts.at(-1)?.lines.push(line);
  }
  const known = drafts.map((each) => ({ ...each, state: names.resolve(each.heading) }));
  return {
    asked: known.flatMap(({ state, group, lines: own }) =>
      state === null || own.length === 0 ? [] : [{ state, group, questions: paragraphs(own) }],
    ),
    unknown: known.filter(({ state }) => state === null).map(({ heading }) => heading),
  };
}

function paragraphs(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    if (before === undefined || (ENDED.test(before) && !GOES_ON.test(line))) joined.push(line);
    else joined[joined.length - 1] = before + gap(before, line) + line;
  }
  return joined.map((each) => each.replace(/\s+/g, ' ').trim());
}

const gap = (before: string, line: string): string =>
  /\p{L}$/u.test(before) && LOST_APOSTROPHE.test(line) ? '’' : ' ';
