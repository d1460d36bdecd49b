import { firstDate, lastDate, readRange, type DateRange, type IsoDate } from './dates.js';
import { readOrdinal } from './ordinals.js';
import { bodyLines, flow } from './plain-text.js';

/** What the Council's decision on an outcome tells. */
export interface Decision {
  /** At its foot, under the meeting: "32nd meeting, 12 March 2020". */
  adoptedAtFoot?: IsoDate;
  /** In its head: "Decision adopted by the Human Rights Council on 12 March 2020". */
  adoptedInHead?: IsoDate;
  /** "Having conducted the review of … on …" */
  reviewed?: IsoDate;
  councilDates?: DateRange;
  meeting?: string;
}

const MEETING = /\b(\w+(?:-\w+)?)\s+meeting\b/gi;

/** Whatever of it stands in the text. */
export function readDecision(text: string): Decision {
  const body = flow(bodyLines(text));
  const title = /Decision adopted by the Human Rights Council/i.exec(body);
  const preamble = /\bThe Human Rights Council,/.exec(body)?.index ?? body.length;
  const reviewed = /\bconducted the review of\b/i.exec(body);
  const foot = [...body.matchAll(MEETING)].findLast(([, word = '']) => readOrdinal(word));
  return {
    adoptedAtFoot: foot && firstDate(body.slice(foot.index, foot.index + 60)),
    adoptedInHead: title ? lastDate(body.slice(title.index, preamble)) : undefined,
    reviewed: reviewed ? firstDate(body.slice(reviewed.index, reviewed.index + 160)) : undefined,
    councilDates: readRange(body.slice(0, title?.index ?? preamble)),
    meeting: foot?.[1],
  };
}
