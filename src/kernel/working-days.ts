import { Temporal } from 'temporal-polyfill';

/** Dates (`YYYY-MM-DD`) on which nobody works. */
export type Holidays = ReadonlySet<string>;

const SATURDAY = 6;

export const isWorkingDay = (date: Temporal.PlainDate, holidays: Holidays): boolean =>
  date.dayOfWeek < SATURDAY && !holidays.has(date.toString());

/**
 * The date that lies `days` working days after `date` (before it, when negative). The
 * start is never counted, whether or not it is a working day; zero days is the start.
 */
export const addWorkingDays = (
  date: Temporal.PlainDate,
  days: number,
  holidays: Holidays,
): Temporal.PlainDate => {
  const step = { days: Math.sign(days) };
  let day = date;
  for (let left = Math.abs(days); left > 0;) {
    day = day.add(step);
    if (isWorkingDay(day, holidays)) left -= 1;
  }
  return day;
};

/** Whether the holidays of every year from one date to another are known: each year has some. */
export const holidaysKnown = (
  holidays: Holidays,
  one: Temporal.PlainDate,
  other: Temporal.PlainDate,
): boolean => {
  const known = new Set([...holidays].map((date) => Temporal.PlainDate.from(date).year));
  const [first, last] = [one.year, other.year].toSorted((a, b) => a - b) as [number, number];
  return Array.from({ length: last - first + 1 }, (_, n) => first + n).every((year) =>
    known.has(year),
  );
};
