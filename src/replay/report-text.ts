import { bodyLines, flow } from './plain-text.js';

/** One numbered paragraph of a report as printed. */
export interface PrintedParagraph {
  readonly number: number;
  readonly section: 'introduction' | 'presentation' | 'dialogue' | 'conclusions';
  readonly text: string;
  /** Printed under it: `(a)`, or a recommendation under its label, without the sign at its end. */
  readonly items: readonly { readonly mark: string; readonly text: string }[];
}

export interface PrintedReport {
  readonly paragraphs: readonly PrintedParagraph[];
  /** Members of the delegation, from the annex. */
  readonly delegation: readonly string[];
}

const PARAGRAPH = /^(\d{1,3})\.\s+(\S.*)$/;
const RECOMMENDATION = /^(\d{1,3}\.+\d{1,3})\.?\s+(\S.*)$/;
const ITEM = /^(\([a-z]\))\s+(\S.*)$/;
const HEADINGS = [
  ['presentation', /^A\.\s+Presentation\b/i],
  ['dialogue', /^B\.\s+Interactive dialogue\b/i],
  ['conclusions', /^(?:II\.\s*)?Conclusions and\s*\/?\s*or recommendations\s*\**$/i],
] as const;
const CHAPTER = /^[IVX]+\.\s+\p{Lu}/u;
const FOOTNOTE = /^\*/;

interface Draft {
  number: number;
  section: PrintedParagraph['section'];
  lines: string[];
  items: { mark: string; lines: string[] }[];
}

/** A report, from its first paragraph to its annex: what stands before it is its cover and contents. */
export function readPrinted(text: string): PrintedReport {
  const lines = bodyLines(text).map((line) => line.trim());
  const from = lines.findLastIndex((line) => line === 'Introduction');
  const annex = lines.findLastIndex((line) => /^Annex\b/.test(line));
  const end = annex > from ? annex : lines.length;
  const drafts = readDrafts(lines.slice(from + 1, end));
  return {
    paragraphs: drafts.map(({ number, section, lines: own, items }) => ({
      number,
      section,
      text: flow(own),
      items: items.map((item) => {
        return { mark: item.mark, text: flow(item.lines).replace(/[;.\s]+$/, '') };
      }),
    })),
    delegation: readDelegation(lines.slice(end + 1)),
  };
}

function readDrafts(lines: readonly string[]): Draft[] {
  const drafts: Draft[] = [];
  let section: Draft['section'] = 'introduction';
  let opens = true;
  let noted = false;
  for (const line of lines) {
    if (line === '') noted = false;
    else if (FOOTNOTE.test(line)) noted = true;
    const heading = HEADINGS.find(([, sign]) => sign.test(line));
    if (heading) [section, opens] = [heading[0], true];
    if (line === '' || noted || heading || CHAPTER.test(line)) continue;
    const last = drafts.at(-1);
    const paragraph = PARAGRAPH.exec(line);
    const number = Number(paragraph?.[1]);
    const item = (section === 'conclusions' ? RECOMMENDATION : ITEM).exec(line);
    if (item && last) last.items.push({ mark: item[1]!, lines: [item[2]!] });
    else if (
      paragraph &&
      (number === (last?.number ?? 0) + 1 || (opens && number > (last?.number ?? 0)))
    ) {
      drafts.push({ number, section, lines: [paragraph[2]!], items: [] });
      opens = false;
    } else (last?.items.at(-1)?.lines ?? last?.lines)?.push(line);
  }
  return drafts;
}

function readDelegation(lines: readonly string[]): string[] {
  const members: string[][] = [];
  for (const line of lines.filter((each) => each !== '')) {
    if (line.startsWith('•')) members.push([line.slice(1)]);
    else members.at(-1)?.push(line);
  }
  return members.map((each) => flow(each).replace(/[;.]+$/, ''));
}

const PARTICULARS: Readonly<Record<string, RegExp>> = {
  headedBy: /\bwas headed by (.+?)\. At its\b/,
  meeting: /\bwas held at the (\w+) meeting\b/,
  adoptionMeeting: /\bAt its (\w+) meeting\b/,
  adoptedOn: /\bmeeting, held on ([^,]+),/,
  questionsBy: /\bprepared in advance by (.+?) was transmitted\b/,
  selectedOn: /^On (\d+ \w+ \d{4}), the Human Rights Council selected/,
  statements: /\bdialogue, ([\w-]+) delegations made statements\b/,
  councilSession: /\bno later than the ([\w-]+) session\b/,
};

/** What a report says that a house may not know, by the names of the house. */
export function particularsOf({ paragraphs }: PrintedReport): Record<string, string> {
  const found = Object.entries(PARTICULARS).flatMap(([name, sign]) => {
    const value = paragraphs.map(({ text }) => sign.exec(text)?.[1]).find((each) => each);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found) as Record<string, string>;
}
