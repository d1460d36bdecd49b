import { labelRuns, type LabelRun, type LabelUniverse } from './label-lists.js';
import { bodyLines, flow } from './plain-text.js';
import { stancesIn, type Stance } from './stance.js';

/** What an addendum says of each label that it can be read on. */
interface Addendum {
  stances: Map<string, Stance>;
  /** Labels of which it says both, with the same weight. */
  unclear: Set<string>;
}

/** How much a reading weighs: a label under a heading, a row of its own, a list in a sentence. */
const WEIGHT = { heading: 0, row: 1, list: 2 } as const;

interface Reading {
  label: string;
  stance: Stance;
  weight: number;
}

const ROW_LABEL = String.raw`(?:Rec(?:s|ommendations?)?\.?\s*)?\d{1,3}(?:\.+\d{1,3})`;
const OPENS_BLOCK = new RegExp(
  String.raw`^(?:\d{1,3}\.,?\s+\S|[IVX]+\.\s+[A-Z]|Recs?\.\s*\d|${ROW_LABEL})`,
);
const UNFINISHED = /(?:[,–-]|\d\s*;|\band)$/i;
/** After a full stop, but not after the numbers that open a paragraph or heading. */
const SENTENCE_ENDS = /(?<=[.;])(?<!^(?:[IVX]+\.|[\d.,;\s–-]+))\s+(?=[A-Z])/;
const SEE = /\bsee\b[^.]*$/i;
const CELL =
  /^(?:(?:fully |partially )?(?:supported|accepted)|supports?|accepts?|enjoys (?:the )?support|noted?|notes|(?:not|does not|do not) (?:accept|support)(?:ed)?|rejected)\.?$/i;
/** "50.1 and 50.2 are accepted", but not "50.1 Support the initiative". */
const VERB_FOLLOWS = /^[^A-Z]{0,40}$/;
const OPENING = /^(?:Rec(?:s|ommendations?)?\.?\s*)?$/i;
const SAYS_OF_IT =
  /^[\s.:,–-]*(?:[\w’' ]{0,60}\s)?(?:the|this|these|that)\s+recommendations?\b|^[\s.:,–-]*(?:is |are )?[\w ]{0,24}[.;:]?$/i;

/**
 * Positions in an addendum, by the structures that such texts have: sentences with lists of
 * labels ("accepts recommendations 1–5, 14–16"), headings over labels, rows of a table, and a
 * paragraph for each label ("13. The State accepts the recommendation"). A label that none of
 * them explains is left out.
 *
 * @param labels the labels that it can speak of, whole
 * @param paragraph the report's paragraph that they hang under, where it is one
 */
export function readAddendum(text: string, labels: Iterable<string>, paragraph?: number): Addendum {
  const lines = bodyLines(text);
  const known = new Set(labels);
  const bare = ![...known].some((label) => label.includes('.') && text.includes(label));
  const universe = { known, paragraph, bare };
  return weigh([...readBlocks(lines, universe), ...readRows(lines, universe)]);
}

function* readBlocks(lines: readonly string[], universe: LabelUniverse): Generator<Reading> {
  let heading: Stance | undefined;
  for (const block of blocks(lines)) {
    const sentences = block.split(SENTENCE_ENDS);
    for (const [index, sentence] of sentences.entries()) {
      const text = universe.bare ? sentence.replace(/^Recs?\.?\s+(?=\d)/i, '') : sentence;
      const runs = labelRuns(text, universe).filter((run) => !SEE.test(text.slice(0, run.index)));
      if (runs.length > 0) yield* readSentence(text, runs, index === 0 ? heading : undefined);
      else heading = headingStance(block, sentence) ?? heading;
    }
  }
}

/** A short line without a full stop, or a sentence that announces what follows it. */
function headingStance(block: string, sentence: string): Stance | undefined {
  if (/^(?:end|foot)?notes$/i.test(block)) return undefined;
  const announces = sentence.endsWith(':') || (block.length <= 160 && !/[.,;]$/.test(block));
  return announces ? stancesIn(sentence).at(-1)?.stance : undefined;
}

function* readSentence(
  text: string,
  found: readonly LabelRun[],
  heading: Stance | undefined,
): Generator<Reading> {
  // "5. The Government notes recommendations 6–13": the first number is the paragraph's.
  const numbered = /^\d{1,3}\.\s/.test(text);
  const runs = numbered && found.length > 1 ? found.slice(1) : found;
  const stances = stancesIn(text);
  const leads = (stances[0]?.index ?? Infinity) < (runs[0]?.index ?? 0);
  for (const run of runs) {
    const before = stances.findLast(({ index }) => index < run.index);
    const after = stances.find(({ index }) => index >= run.end);
    const follows = after && VERB_FOLLOWS.test(text.slice(run.end, after.index + 1));
    const ofIt = (runs.length > 1 && follows) || SAYS_OF_IT.test(text.slice(run.end));
    const opens = OPENING.test(text.slice(0, run.index)) && !numbered;
    if (leads && before) yield* each(run.labels, before.stance, WEIGHT.list);
    else if (!leads && after && ofIt) yield* each(run.labels, after.stance, WEIGHT.row);
    else if (opens && heading) yield* each(run.labels, heading, WEIGHT.heading);
  }
}

const each = (labels: readonly string[], stance: Stance, weight: number): Reading[] =>
  labels.map((label) => ({ label, stance, weight }));

/** Rows of a table: from a line that opens with a label to the next, a cell that is a position. */
function* readRows(lines: readonly string[], universe: LabelUniverse): Generator<Reading> {
  let row: string[] = [];
  let gap = true;
  for (const line of lines.map((text) => text.trim())) {
    const [run] = labelRuns(line, universe);
    if (run?.index === 0) row = run.labels;
    const cells = line.split(/\s{2,}/);
    // A position alone after a blank line is a heading, no cell.
    const stances = gap && cells.length === 1 ? [] : cells.filter((cell) => CELL.test(cell));
    const stance = stancesIn(stances[0] ?? '')[0]?.stance;
    if (stance) yield* each(row, stance, WEIGHT.row);
    gap = line === '';
  }
}

/** Paragraphs, headings and rows as running text; a page break doesn't end an unfinished one. */
function blocks(lines: readonly string[]): string[] {
  const found: string[][] = [];
  let gap = true;
  for (const line of lines.map((text) => text.trim())) {
    const last = found.at(-1)?.at(-1) ?? '';
    const goesOn = UNFINISHED.test(last);
    if (line !== '' && !goesOn && (gap || OPENS_BLOCK.test(line))) found.push([line]);
    else if (line !== '') found.at(-1)?.push(line);
    gap = line === '';
  }
  return found.map(flow);
}

function weigh(readings: readonly Reading[]): Addendum {
  const stances = new Map<string, Stance>();
  const unclear = new Set<string>();
  for (const label of new Set(readings.map((reading) => reading.label))) {
    const own = readings.filter((reading) => reading.label === label);
    const weight = Math.max(...own.map((reading) => reading.weight));
    const said = new Set(own.filter((r) => r.weight === weight).map(({ stance }) => stance));
    const [stance] = said;
    if (said.size > 1) unclear.add(label);
    else if (stance) stances.set(label, stance);
  }
  return { stances, unclear };
}
