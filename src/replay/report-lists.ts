import { flow } from './plain-text.js';
import { readLead, type Stance } from './stance.js';

/** One numbered paragraph of "Conclusions and/or recommendations", and the list under it. */
export interface ReportList {
  paragraph: number;
  lead: string;
  /** Undefined for a paragraph that is no list's lead, such as the closing disclaimer. */
  standing: Stance | 'pending' | undefined;
  /** As printed; where only `4.` is printed under paragraph 111, `111.4`. */
  labels: string[];
}

const HEADING = /^\s*(?:[IVX]+\.?\s*)?conclusions?\s+and\s*\/?\s*or\s+recommendations?\s*\**\s*$/i;
const NEXT_HEADING = /^\s*(?:[IVX]+\.\s+[A-Z]|Annex(?:es)?\b)/;
const DISCLAIMER = /\bconclusions\s+and\s*\/?\s*or\s+recommendations\b/i;
const DOTTED = /^(\d{1,3})(?:\.+\d{1,3})+\.?(?=\s|$)/;
const NUMBERED = /^(\d{1,3})\.(?:\s+(.*))?$/;

/** The list that prints a label, and its whole form there; a bare `4` must be in one list only. */
export function findInLists(
  label: string,
  lists: readonly ReportList[],
): { list: ReportList; whole: string } | undefined {
  const found = lists.flatMap((list) => {
    const whole = [label, `${list.paragraph}.${label}`].find((form) => list.labels.includes(form));
    return whole === undefined ? [] : [{ list, whole }];
  });
  return found.length === 1 ? found[0] : undefined;
}

interface Draft {
  paragraph: number;
  lead: string[];
  labels: string[];
  /** The last bare number counted under it, 0 before the first. */
  counted: number;
}

/**
 * The lists of recommendations in a Working Group report, in order; none when the section can't
 * be found. The heading is looked for from the end, as a table of contents holds it too.
 *
 * @param lines body lines, without page furniture
 */
export function readLists(lines: readonly string[]): ReportList[] {
  const start = lines.findLastIndex((line) => HEADING.test(line));
  if (start < 0) return [];
  const drafts: Draft[] = [];
  for (let index = start + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (NEXT_HEADING.test(line)) break;
    readLine(line.trim(), drafts, () => paragraphAt(lines, index));
  }
  const lists = drafts.map(({ paragraph, lead, labels }) => {
    const text = flow(lead);
    return { paragraph, lead: text, standing: readLead(text), labels };
  });
  // Early reports: "60. The following recommendations were made: …", and only then
  // "61. The response to these recommendations will be included in the outcome report."
  return lists.map((list, at) =>
    list.labels.length > 0 && !list.standing && lists[at + 1]?.labels.length === 0
      ? { ...list, standing: lists[at + 1]?.standing }
      : list,
  );
}

function readLine(line: string, drafts: Draft[], here: () => string): void {
  const current = drafts.at(-1);
  const dotted = DOTTED.exec(line);
  if (current && dotted && Number(dotted[1]) === current.paragraph) {
    current.labels.push(dotted[0].replace(/\.$/, ''));
    return;
  }
  const numbered = NUMBERED.exec(line);
  const number = Number(numbered?.[1]);
  if (
    numbered &&
    current &&
    number === current.counted + 1 &&
    !opensParagraph(number, current, here)
  ) {
    current.counted = number;
    current.labels.push(`${current.paragraph}.${number}`);
  } else if (numbered && (!current || number === current.paragraph + 1)) {
    drafts.push({ paragraph: number, lead: [numbered[2] ?? ''], labels: [], counted: 0 });
  } else if (current && current.labels.length === 0) {
    current.lead.push(line);
  }
}

/** The line and those after it that open no paragraph or item of their own; a few are enough. */
function paragraphAt(lines: readonly string[], index: number): string {
  const rest = lines.slice(index + 1, index + 6).map((line) => line.trim());
  const next = rest.findIndex((line) => NUMBERED.test(line) || DOTTED.test(line));
  return flow([lines[index] ?? '', ...rest.slice(0, next < 0 ? rest.length : next)]);
}

/** Is `112.` the report's next paragraph, not the 112th item of a list numbered 1, 2, 3…? */
function opensParagraph(number: number, current: Draft, here: () => string): boolean {
  if (number !== current.paragraph + 1) return false;
  const text = here();
  return DISCLAIMER.test(text) || /^\d+\.\s+(?:The|All)\b.*\brecommendations\b/.test(text);
}
