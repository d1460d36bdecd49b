import { datesIn, firstDate, lastDate, readRange, type DateRange, type IsoDate } from './dates.js';
import { readOrdinal } from './ordinals.js';
import { bodyLines, flow } from './plain-text.js';
import { readLists, type ReportList } from './report-lists.js';

/** What a Working Group report tells in its paragraphs 1 and 2, and in its lists. */
export interface Report {
  /** Of the Working Group. */
  session?: number;
  sessionDates?: DateRange;
  /** The State under review as the report names it. */
  state?: string;
  reviewed?: IsoDate;
  wgAdopted?: IsoDate;
  troikaSelected?: IsoDate;
  /** The rapporteurs' States as one printed list. */
  troika?: string;
  /** `13th`, `17th` */
  meetings: { reviewed?: string; wgAdopted?: string };
  lists: ReportList[];
}

const OPENING = /The Working Group on the Universal Periodic Review\b[^:]{0,120}?\bestablished\b/i;
const SESSION = /\bheld its\s+([\w\s-]+?)\s+(?:regular\s+)?session\b/i;
const REVIEW = /\breview of (?:the )?([^.;:]{1,80}?)\s+was held\b/i;
const ADOPTION = /\bWorking Group\s+adopted\b/i;
const TROIKA = /\bselected the following (?:group of )?rapporteurs\b/i;
const MEETING = /\b(\w+(?:-\w+)?)\s+meeting\b/i;

/** Whatever of it stands in the text; the caller says what is missing. */
export function readReport(text: string): Report {
  const lines = bodyLines(text);
  const intro = introduction(flow(lines));
  return { ...readSession(intro), ...readTroika(intro), lists: readLists(lines) };
}

/** From "The Working Group on the Universal Periodic Review, established…" for a page or so. */
function introduction(text: string): string {
  const start = OPENING.exec(text)?.index ?? 0;
  return text.slice(start, start + 4000);
}

function readSession(intro: string): Omit<Report, 'lists'> {
  const session = SESSION.exec(intro);
  const range = session && readRange(intro.slice(session.index, session.index + 200));
  const review = REVIEW.exec(intro);
  const reviewSentence = review ? firstSentence(intro.slice(review.index)) : '';
  const reviewDate = datesIn(reviewSentence)[0];
  const adoption = ADOPTION.exec(intro);
  const adopting = adoption ? lastSentence(intro.slice(0, adoption.index)) : '';
  const adopted = adoption ? firstSentence(intro.slice(adoption.index)) : '';
  return {
    session: session ? readOrdinal(session[1] ?? '') : undefined,
    sessionDates: range ?? undefined,
    state: review?.[1],
    reviewed: reviewDate?.date,
    wgAdopted: lastDate(adopting) ?? firstDate(adopted),
    meetings: {
      reviewed: meeting(reviewSentence.slice(0, reviewDate?.index)),
      wgAdopted: meeting(adopting),
    },
  };
}

function readTroika(intro: string): Pick<Report, 'troika' | 'troikaSelected'> {
  const selection = TROIKA.exec(intro);
  if (!selection) return {};
  const names = /:\s*([^:]+?)\.(?=\s|$)/.exec(intro.slice(selection.index));
  return {
    troikaSelected: lastDate(lastSentence(intro.slice(0, selection.index))),
    troika: names?.[1],
  };
}

const SENTENCE_ENDS = /\.\s+(?=[A-Z0-9])/;
const firstSentence = (text: string): string => text.split(SENTENCE_ENDS)[0] ?? '';
const lastSentence = (text: string): string => text.split(SENTENCE_ENDS).at(-1) ?? '';

function meeting(text: string): string | undefined {
  const ordinal = MEETING.exec(text)?.[1];
  return ordinal && readOrdinal(ordinal) ? ordinal : undefined;
}
