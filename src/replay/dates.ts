/** A day as `2019-11-12`. */
export type IsoDate = string;

export interface DateRange {
  from: IsoDate;
  to: IsoDate;
}

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const MONTH = `(${MONTHS.join('|')})`;
const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th)?`;
const DATE = new RegExp(String.raw`(?<!\d)${DAY}\s+${MONTH},?\s+(\d{4})(?!\d)`, 'gi');
const RANGE = new RegExp(
  String.raw`(?<!\d)${DAY}(?:\s+${MONTH})?(?:,?\s+(\d{4}))?\s*(?:to|until|[-–—])\s*${DAY}\s+${MONTH},?\s+(\d{4})(?!\d)`,
  'i',
);

/** Days of the calendar in English prose, `12 November 2019`, with where they stand. */
export function datesIn(text: string): { date: IsoDate; index: number; end: number }[] {
  return [...text.matchAll(DATE)].flatMap((match) => {
    const date = isoDate(match[1], match[2], match[3]);
    return date ? [{ date, index: match.index, end: match.index + match[0].length }] : [];
  });
}

export const firstDate = (text: string): IsoDate | undefined => datesIn(text)[0]?.date;

export const lastDate = (text: string): IsoDate | undefined => datesIn(text).at(-1)?.date;

/** `4 to 15 November 2019`, `27 October–7 November 2014`, `30 December 2009 to 8 January 2010`. */
export function readRange(text: string): DateRange | undefined {
  const [, day, month, year, endDay, endMonth, endYear] = RANGE.exec(text) ?? [];
  const to = isoDate(endDay, endMonth, endYear);
  const from = isoDate(day, month ?? endMonth, year ?? endYear);
  return from && to && from <= to ? { from, to } : undefined;
}

/** Undefined for a day that no calendar has (31 February). */
function isoDate(day?: string, month?: string, year?: string): IsoDate | undefined {
  const index = MONTHS.findIndex((name) => name.toLowerCase() === month?.toLowerCase());
  if (index < 0 || !day || !year) return undefined;
  const date = new Date(Date.UTC(Number(year), index, Number(day)));
  return date.getUTCMonth() === index && date.getUTCDate() === Number(day)
    ? date.toISOString().slice(0, 10)
    : undefined;
}
