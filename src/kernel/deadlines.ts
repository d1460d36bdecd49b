import { Temporal } from 'temporal-polyfill';
import type { DeadlineRule } from './definition.js';
import { addWorkingDays, holidaysKnown, type Holidays } from './working-days.js';

/**
 * Seconds between a deadline and its expiry, so that filings which arrived in time are
 * done first. It never makes a late filing timely: lateness compares with `due` alone.
 */
export const EXPIRY_GRACE_SECONDS = 30;

/** An instant (RFC 3339, UTC), and how people in the procedure's zone read it. */
export interface Due {
  readonly due: string;
  /** `YYYY-MM-DDTHH:MM` in `zone`. */
  readonly local: string;
  readonly zone: string;
}

/** Where and how a deadline is read; `hour` (`HH:MM`) and `date` are the session's own. */
interface Reading {
  readonly zone: string;
  readonly holidays: Holidays;
  readonly hour?: string;
  readonly date?: string;
}

/** An instant as a deadline shows it; seconds are kept in the instant only. */
export const asDue = (instant: Temporal.Instant, zone: string): Due => ({
  due: instant.toString(),
  local: instant
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute', roundingMode: 'floor' }),
  zone,
});

/** The same of an instant in RFC 3339. */
export const dueAt = (instant: string, zone: string): Due =>
  asDue(Temporal.Instant.from(instant), zone);

/** The instant at which a date (`YYYY-MM-DD`) begins in a zone. */
export const startOfDay = (date: string, zone: string): string =>
  Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone }).toInstant().toString();

const elapsed = (anchor: Temporal.Instant, offset: Temporal.Duration): Temporal.Instant =>
  anchor.add({ milliseconds: offset.total('milliseconds') });

const dateOf = (
  rule: DeadlineRule,
  anchor: Temporal.ZonedDateTime,
  holidays: Holidays,
): Temporal.PlainDate => {
  const offset = Temporal.Duration.from(rule.offset);
  if (rule.unit === 'exact') {
    return elapsed(anchor.toInstant(), offset).toZonedDateTimeISO(anchor.timeZoneId).toPlainDate();
  }
  const date = anchor.toPlainDate();
  if (rule.unit === 'workingDays') return addWorkingDays(date, offset.days, holidays);
  const day = date.add(offset, { overflow: 'constrain' });
  return rule.weekday === undefined ? day : day.add({ days: rule.weekday - day.dayOfWeek });
};

/**
 * When a deadline falls due, counted from `anchor` (RFC 3339).
 *
 * Days, weeks, months and working days count local dates and end at an hour: the
 * session's, else the rule's, else the anchor's own. A weekday is that of the week (from Monday)
 * which the weeks lead to. A month that is too short ends on its
 * last day (31 August + P5M is 31 January); an hour that daylight saving skips moves
 * forward, one that it repeats is the first. `exact` counts elapsed time: 48 hours are 48
 * hours over a change of clocks. The session's `date` and `hour` override every rule.
 *
 * @throws RangeError where anchor, offset or zone cannot be read; a definition that was
 *   proved sound has readable ones.
 */
export const dueOf = (rule: DeadlineRule, anchor: string, reading: Reading): Due => {
  const { zone, holidays, hour, date } = reading;
  const start = Temporal.Instant.from(anchor);
  if (rule.unit === 'exact' && hour === undefined && date === undefined) {
    return asDue(elapsed(start, Temporal.Duration.from(rule.offset)), zone);
  }
  const local = start.toZonedDateTimeISO(zone);
  const day = date === undefined ? dateOf(rule, local, holidays) : Temporal.PlainDate.from(date);
  const ends = hour ?? rule.hour;
  const time = ends === undefined ? local.toPlainTime() : Temporal.PlainTime.from(ends);
  return asDue(day.toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant(), zone);
};

/**
 * Whether nothing was missing when a deadline was counted: in working days, the holidays of every year
 * from its anchor to its day (both RFC 3339).
 */
export const isCountedWhole = (
  { unit }: Pick<DeadlineRule, 'unit'>,
  { anchor, due }: { readonly anchor: string; readonly due: string },
  { zone, holidays }: Pick<Reading, 'zone' | 'holidays'>,
): boolean => {
  const dateAt = (instant: string) =>
    Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
  return unit !== 'workingDays' || holidaysKnown(holidays, dateAt(anchor), dateAt(due));
};

/**
 * Whether an arrival is late. Deadlines close at the second: with `due` 12:00:00 an
 * arrival at 12:00:00.999 is in time, as its receipt says 12:00:00; 12:00:01 is late.
 */
export const isLate = (arrival: string, due: string): boolean => {
  const second = Temporal.Instant.from(arrival).round({
    smallestUnit: 'second',
    roundingMode: 'floor',
  });
  return Temporal.Instant.compare(second, Temporal.Instant.from(due)) > 0;
};

/** Deadlines in the order in which they expire: by due instant, then by key. */
export const expiryOrder = <T extends { readonly due: string; readonly key: string }>(
  deadlines: readonly T[],
): T[] => {
  const byKey = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const at = new Map(deadlines.map((each) => [each.due, Temporal.Instant.from(each.due)]));
  return deadlines.toSorted(
    (a, b) => Temporal.Instant.compare(at.get(a.due)!, at.get(b.due)!) || byKey(a.key, b.key),
  );
};
