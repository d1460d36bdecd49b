import { instantOf, instants } from './calendar.js';
import type { DocumentKind, RealDocument, RealReview } from './real-review.js';

/**
 * The instants of a review, in milliseconds since 1970. Where the documents don't tell one, it
 * comes shortly before the deadline; no document is filed after the day on which it was issued.
 */
export interface Timetable {
  troika: number;
  /** The six documents, by kind. */
  filed: Record<DocumentKind, number>;
  /** The first three documents go out. */
  issued: number;
  /** Advance questions are filed; then they are relayed. */
  asked: number;
  questions: number;
  /** States register to speak; then it is told with whom their list begins. */
  registered: number;
  firstDrawn: number;
  dialogueStarts: number;
  dialogueEnds: number;
  /** The report is before the Working Group; its labels and the positions in the room are given. */
  report: number;
  reportAdopted: number;
  /** The other positions are given in writing. */
  answers: number;
  outcomeAdopted: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The first deadline of a document falls twelve weeks before the dialogue. */
const BEFORE_DEADLINES = 13 * 7 * DAY;
const EARLY: DocumentKind[] = ['national-report', 'compilation', 'stakeholder-summary'];

/** When the plenary takes the outcome up: it has an hour for it. */
export const outcomeStarts = ({ calendar }: RealReview): number =>
  Date.parse(instants(calendar).outcomeAdopted) - HOUR;

/** When the review is opened: an hour before anything that its calendar or its documents tell. */
export const opening = (review: RealReview): number => firstAct(review) - HOUR;

/** The first instant at which something must happen. */
export function firstAct(review: RealReview): number {
  const { troikaSelected, reviewStarts } = instants(review.calendar);
  const printed = EARLY.map((kind) => issuedAt(review, documentOf(review, kind)) ?? Infinity);
  const troika = troikaSelected ? Date.parse(troikaSelected) : Infinity;
  return Math.min(
    troika,
    ...printed.map((at) => at - HOUR),
    Date.parse(reviewStarts) - BEFORE_DEADLINES,
  );
}

/** @param due when each deadline that the house has set falls, by key (milliseconds) */
export function timetable(review: RealReview, due: ReadonlyMap<string, number>): Timetable {
  const { troikaSelected, ...days } = instants(review.calendar);
  const dialogueStarts = Date.parse(days.reviewStarts);
  const reportAdopted = Date.parse(days.wgAdopted);
  const outcomeAdopted = Date.parse(days.outcomeAdopted);
  const closing = (key: string): number => due.get(key) ?? dialogueStarts - DAY;
  const filing = (kind: DocumentKind, closes: number): number =>
    Math.min(closes, issuedAt(review, documentOf(review, kind)) ?? closes) - HOUR;

  const troika = troikaSelected ? Date.parse(troikaSelected) : opening(review);
  const early = EARLY.map((kind) => filing(kind, closing(kind)));
  const printed = EARLY.map((kind) => issuedAt(review, documentOf(review, kind)) ?? 0);
  const issued = Math.max(troika, ...early, Math.min(Math.max(...printed), dialogueStarts - DAY));
  const report = reportAdopted - HOUR;
  const answers = Math.max(reportAdopted, filing('addendum', outcomeStarts(review)));
  const [nationalReport = 0, compilation = 0, summary = 0] = early;
  return {
    troika,
    filed: {
      'national-report': nationalReport,
      compilation,
      'stakeholder-summary': summary,
      'working-group-report': report,
      addendum: answers,
      decision: outcomeAdopted + HOUR,
    },
    issued,
    asked: closing('advance-questions') - 2 * HOUR,
    questions: Math.max(issued, closing('advance-questions') - HOUR),
    registered: closing('speakers-close') - HOUR,
    firstDrawn: Math.min(closing('speakers-close') + HOUR, dialogueStarts),
    dialogueStarts,
    dialogueEnds: Date.parse(days.reviewEnds),
    report,
    reportAdopted,
    answers,
    outcomeAdopted,
  };
}

/** On the day under "Distr.", at the hour of the calendar; undefined where none is printed. */
export function issuedAt(
  { calendar }: RealReview,
  printed: { issued?: string } | undefined,
): number | undefined {
  if (printed?.issued === undefined) return undefined;
  return Date.parse(instantOf(printed.issued, calendar.hours.others, calendar.zone));
}

const documentOf = ({ documents }: RealReview, kind: DocumentKind): RealDocument | undefined =>
  documents.find((document) => document.kind === kind);
