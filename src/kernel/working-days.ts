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
