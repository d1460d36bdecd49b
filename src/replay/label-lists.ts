/** Lists of labels in prose: `122.1, 122.17-18, 122.62-\n66 and 122.146`, `1–5, 14–16`. */

const TOKEN = String.raw`\d{1,3}(?:\.+\d{1,3})*`;
const RANGE = String.raw`${TOKEN}(?:\s*[-–—]\s*${TOKEN}|\s+to\s+${TOKEN})?`;
// "5., 6., 7."; and a full stop alone is a slip for a comma: "140.35. 140.36".
const SEPARATOR = String.raw`(?:\.?\s*[,;&]\s*(?:and\s+)?|\s+and\s+|\.\s+(?=\d{1,3}\.\d))`;
const RUN = new RegExp(
  String.raw`(?<![\w./–-])${RANGE}(?:${SEPARATOR}${RANGE})*(?![\w/%]|\.\d|[-–]\w)`,
  'g',
);
const PIECE = new RegExp(`(${TOKEN})(?:\\s*(?:[-–—]|to)\\s*(${TOKEN}))?`, 'g');
const WIDEST_RANGE = 400;

/** The labels that a text can speak of. */
export interface LabelUniverse {
  known: ReadonlySet<string>;
  /** The paragraph that a bare `14` hangs under, where there is only one. */
  paragraph?: number;
  /** Does the text write labels bare (`14`), not whole (`115.14`)? */
  bare: boolean;
}

export interface LabelRun {
  /** Known labels only, in order. */
  labels: string[];
  index: number;
  end: number;
}

const AFTER_THE_WORD =
  /\brec(?:s|ommendations?)?\b\.?\s*(?:(?:nos?|numbers?|numbered)\b\.?)?\s*:?\s*$/i;
const A_COUNT = /^\s+(?:\w+\s+){0,3}recommendations?\b/i;

/**
 * Runs of labels in a text. Where labels are bare numbers, only those count that follow the word
 * "recommendations" or open the text, as `Article 297` and "accepts 142 recommendations" are none.
 */
export function labelRuns(text: string, universe: LabelUniverse): LabelRun[] {
  return [...text.matchAll(RUN)].flatMap((match) => {
    const [run] = match;
    const end = match.index + run.length;
    if (!/^\d+\./.test(run) && !bareRunCounts(text, match.index, end, universe)) return [];
    const labels = expand(run, universe);
    return labels.length > 0 ? [{ labels, index: match.index, end }] : [];
  });
}

function bareRunCounts(text: string, start: number, end: number, { bare }: LabelUniverse): boolean {
  if (!bare || A_COUNT.test(text.slice(end))) return false;
  return start === 0 || AFTER_THE_WORD.test(text.slice(0, start));
}

function expand(run: string, { known, paragraph }: LabelUniverse): string[] {
  let prefix = paragraph === undefined ? '' : `${paragraph}.`;
  const labels: string[] = [];
  for (const [, first = '', last] of run.matchAll(PIECE)) {
    prefix = first.includes('.') ? first.slice(0, first.lastIndexOf('.') + 1) : prefix;
    const from = Number(lastPart(first));
    const to = last === undefined ? from : Number(lastPart(last));
    if (last === undefined || to < from || to - from > WIDEST_RANGE)
      labels.push(first, prefix + from);
    else for (let n = from; n <= to; n += 1) labels.push(`${prefix}${n}`, `${n}`);
  }
  return [...new Set(labels)].filter((label) => known.has(label));
}

const lastPart = (token: string): string => token.slice(token.lastIndexOf('.') + 1);
