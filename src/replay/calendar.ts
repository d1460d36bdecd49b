import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { IsoDate } from './dates.js';
import { InputFault } from './input-fault.js';

const aDay = z.iso.date();
const anHour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'an hour as HH:MM');
const aZone = z.string().refine(isZone, 'a time zone of the IANA list, such as Europe/Zurich');

/** The keys of a `--calendar FILE`, all optional; what it gives overrides the documents. */
export const CalendarFile = z.strictObject({
  troikaSelected: aDay.optional(),
  sessionStarts: aDay.optional(),
  sessionEnds: aDay.optional(),
  reviewed: aDay.optional(),
  wgAdopted: aDay.optional(),
  councilStarts: aDay.optional(),
  councilEnds: aDay.optional(),
  outcomeAdopted: aDay.optional(),
  meetings: z
    .strictObject({
      reviewed: z.string().optional(),
      wgAdopted: z.string().optional(),
      outcomeAdopted: z.string().optional(),
    })
    .optional(),
  zone: aZone.optional(),
  hours: z
    .strictObject({
      reviewStarts: anHour.optional(),
      reviewEnds: anHour.optional(),
      others: anHour.optional(),
    })
    .optional(),
});
export type CalendarFile = z.infer<typeof CalendarFile>;

/** Days of a real review (`2019-11-12`), with the hours that no document tells. */
export interface ReviewCalendar {
  troikaSelected?: IsoDate;
  /** Of the Working Group's session. */
  sessionStarts: IsoDate;
  sessionEnds: IsoDate;
  /** Day of the interactive dialogue. */
  reviewed: IsoDate;
  wgAdopted: IsoDate;
  /** Of the Council's session; not printed in every cycle's documents. */
  councilStarts?: IsoDate;
  councilEnds?: IsoDate;
  outcomeAdopted: IsoDate;
  /** Numbers of the meetings as printed: `13th`. */
  meetings: { reviewed?: string; wgAdopted?: string; outcomeAdopted?: string };
  zone: string;
  hours: { reviewStarts: string; reviewEnds: string; others: string };
}

/** Days that a replay can't do without, with the words by which documents give them. */
const REQUIRED = {
  sessionStarts: 'the report’s paragraph 1, "held its … session from …"',
  sessionEnds: 'the report’s paragraph 1, "held its … session from … to …"',
  reviewed: 'the report’s paragraph 1, "The review of … was held … on …"',
  wgAdopted: 'the report’s paragraph 1, "held on …, the Working Group adopted the report"',
  outcomeAdopted: 'the decision’s head or foot, "adopted by the Human Rights Council on …"',
} as const;

const HOURS = { reviewStarts: '09:00', reviewEnds: '12:30', others: '17:00' };

/** @throws InputFault `calendar-malformed` */
export function readCalendarFile(file: string): CalendarFile {
  try {
    return CalendarFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const faults =
      error instanceof z.ZodError
        ? error.issues.map(({ path, message }) => `${file}: ${path.join('.') || 'it'}: ${message}`)
        : [`${file}: ${error instanceof Error ? error.message : String(error)}`];
    throw new InputFault('calendar-malformed', faults);
  }
}

/**
 * The calendar as the documents tell it, under what a calendar file says.
 *
 * @param looked the files that were read for each day, for the message
 * @throws InputFault `date-not-found`, naming every day that is missing;
 *   `dates-out-of-order` when acts follow one another in an order that can't be
 */
export function buildCalendar(
  found: CalendarFile,
  given: CalendarFile,
  looked: { report: string; decision: string },
): ReviewCalendar {
  const all = { ...found, ...given };
  const missing = Object.entries(REQUIRED).filter(([key]) => !all[key as keyof typeof REQUIRED]);
  if (missing.length > 0) throw new InputFault('date-not-found', missing.map(explain(looked)));
  const calendar = {
    ...(all as ReviewCalendar),
    meetings: { ...found.meetings, ...given.meetings },
    zone: all.zone ?? 'Europe/Zurich',
    hours: { ...HOURS, ...given.hours },
  };
  checkOrder(calendar);
  return calendar;
}

const explain =
  (looked: { report: string; decision: string }) =>
  ([key, words]: [string, string]): string =>
    `${key}: not found in ${key === 'outcomeAdopted' ? looked.decision : looked.report} ` +
    `(${words}); --calendar FILE can give it: {"${key}": "YYYY-MM-DD"}`;

function checkOrder(calendar: ReviewCalendar): void {
  const pairs = [
    ['sessionStarts', 'sessionEnds'],
    ['sessionStarts', 'reviewed'],
    ['troikaSelected', 'reviewed'],
    ['reviewed', 'wgAdopted'],
    ['wgAdopted', 'outcomeAdopted'],
    ['councilStarts', 'councilEnds'],
  ] as const;
  const wrong = pairs.filter(([a, b]) => (calendar[a] ?? '') > (calendar[b] ?? '9999'));
  if (wrong.length === 0) return;
  throw new InputFault(
    'dates-out-of-order',
    wrong.map(([a, b]) => `${a} ${calendar[a]} is after ${b} ${calendar[b]}`),
  );
}

/** The instant (ISO 8601, UTC) of an hour on a day in the calendar's zone. */
export const instantOf = (day: IsoDate, hour: string, zone: string): string =>
  Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(hour) })
    .toInstant()
    .toString();

/** The acts of a review as instants (ISO 8601, UTC). */
export function instants({ zone, hours, ...days }: ReviewCalendar) {
  const at = (day: IsoDate, hour: string): string => instantOf(day, hour, zone);
  return {
    troikaSelected: days.troikaSelected && at(days.troikaSelected, hours.others),
    reviewStarts: at(days.reviewed, hours.reviewStarts),
    reviewEnds: at(days.reviewed, hours.reviewEnds),
    wgAdopted: at(days.wgAdopted, hours.others),
    outcomeAdopted: at(days.outcomeAdopted, hours.others),
  };
}

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
