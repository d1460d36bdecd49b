const UNITS = (
  ' first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth' +
  ' fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'
).split(' ');
const TENS = ' ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** 34 → `thirty-fourth`; from 100 on in figures: `112th`. */
export function ordinal(n: number): string {
  if (n >= 100) return `${n}${['th', 'st', 'nd', 'rd'][lastDigit(n)] ?? 'th'}`;
  const unit = UNITS[n];
  if (unit) return unit;
  const tens = TENS[Math.floor(n / 10)]!;
  return n % 10 === 0 ? `${tens.replace(/y$/, 'ie')}th` : `${tens}-${UNITS[n % 10]}`;
}

const lastDigit = (n: number): number => (n % 100 > 10 && n % 100 < 14 ? 0 : n % 10);

/** `12 November 2019`, as it is there. */
export const day = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: zone }).format(at);

/** `4 to 15 November 2019`. @param starts and ends: calendar dates, `2019-11-04` */
export function range(starts: string, ends: string): string {
  const [from, to] = [starts, ends].map((date) => day(new Date(date), 'UTC').split(' '));
  const shared = [2, 1].filter((at) => from![at] === to![at]);
  const kept = shared.length === 2 ? 1 : shared[0] === 2 ? 2 : 3;
  return `${from!.slice(0, kept).join(' ')} to ${to!.join(' ')}`;
}

/** `Bangladesh, Denmark and Egypt` */
export const listOf = (names: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
