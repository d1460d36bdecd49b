import { instants, type CalendarFile, type ReviewCalendar } from './calendar.js';
import type { DateRange } from './dates.js';
import type { FoundDocuments } from './find-documents.js';
import type { Folder } from './folder.js';
import type { Decision } from './read-decision.js';
import { readHead } from './read-head.js';
import type { DocumentKind } from './real-review.js';

const OF_THE_WORKING_GROUP: DocumentKind[] = [
  'national-report',
  'compilation',
  'stakeholder-summary',
];
const OF_THE_COUNCIL: DocumentKind[] = ['addendum', 'working-group-report'];

/** Hours that must lie between the dialogue and the adoption of its report. */
const LEAST_HOURS = 48;

/**
 * The days that a review's documents tell: the report those of the Working Group, the decision
 * the Council's, and where one is silent the heads of the others.
 */
export function daysFound(
  folder: Folder,
  { documents, report: { read: report } }: FoundDocuments,
  decision: Decision,
): CalendarFile {
  const inHeads = (kinds: DocumentKind[]): DateRange | undefined =>
    documents
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ file }) => readHead(folder.text(file)).sessionDates)
      .find((dates) => dates !== undefined);
  const session = report.sessionDates ?? inHeads(OF_THE_WORKING_GROUP);
  const council = decision.councilDates ?? inHeads(OF_THE_COUNCIL);
  return {
    troikaSelected: report.troikaSelected,
    sessionStarts: session?.from,
    sessionEnds: session?.to,
    reviewed: report.reviewed ?? decision.reviewed,
    wgAdopted: report.wgAdopted,
    councilStarts: council?.from,
    councilEnds: council?.to,
    outcomeAdopted: decision.adoptedAtFoot ?? decision.adoptedInHead,
    meetings: { ...report.meetings, outcomeAdopted: decision.meeting },
  };
}

/** Days on which the documents disagree, or that look odd; a sentence each. */
export function checkDays(
  { report, decision: { file } }: FoundDocuments,
  decision: Decision,
  calendar: ReviewCalendar,
): string[] {
  const { reviewEnds, wgAdopted } = instants(calendar);
  const hours = (Date.parse(wgAdopted) - Date.parse(reviewEnds)) / 3_600_000;
  const differ = (a?: string, b?: string): boolean => Boolean(a && b && a !== b);
  const outside = (day: string, from?: string, to?: string): boolean =>
    Boolean((from && day < from) || (to && day > to));
  const warnings: [boolean, string][] = [
    [
      differ(report.read.reviewed, decision.reviewed),
      `reviewed on ${report.read.reviewed} by ${report.file}, on ${decision.reviewed} by ${file}`,
    ],
    [
      differ(decision.adoptedAtFoot, decision.adoptedInHead),
      `${file} is of ${decision.adoptedInHead} in its head, of ${decision.adoptedAtFoot} at its foot`,
    ],
    [
      outside(calendar.wgAdopted, calendar.sessionStarts, calendar.sessionEnds),
      `the Working Group adopted on ${calendar.wgAdopted}, outside its session`,
    ],
    [
      outside(calendar.outcomeAdopted, calendar.councilStarts, calendar.councilEnds),
      `the Council adopted on ${calendar.outcomeAdopted}, outside its session`,
    ],
    [
      hours < LEAST_HOURS,
      `the Working Group adopted ${hours} h after the dialogue at the hours assumed, not ` +
        `${LEAST_HOURS}; --calendar FILE can give other hours`,
    ],
  ];
  return warnings.filter(([holds]) => holds).map(([, warning]) => warning);
}
