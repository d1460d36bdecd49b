import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { dueOf, expiryOrder, isCountedWhole, isLate, startOfDay } from './deadlines.js';
import type { DeadlineRule } from './definition.js';

const zone = 'Europe/Zurich';
const holidays = new Set(['2026-04-03', '2026-04-06']);
const rule = (offset: string, unit: DeadlineRule['unit'], hour?: string): DeadlineRule => ({
  deadline: 'd',
  anchor: 'slot.starts',
  offset,
  unit,
  ...(hour ? { hour } : {}),
  owedBy: 'party',
  compartment: 'case',
  metBy: {},
  onExpiry: {},
});
const localOf = (offset: string, unit: DeadlineRule['unit'], anchor: string, hour = '17:00') =>
  dueOf(rule(offset, unit, hour), anchor, { zone, holidays }).local;

describe('dueOf', () => {
  it.each([
    ['31 August and five months', 'P5M', '2025-08-31T10:00:00Z', '2026-01-31T17:00'],
    ['30 September and five months', 'P5M', '2025-09-30T10:00:00Z', '2026-02-28T17:00'],
    ['the same before a leap day', 'P5M', '2027-09-30T10:00:00Z', '2028-02-29T17:00'],
    ['seven months back', '-P7M', '2026-05-31T07:00:00Z', '2025-10-31T17:00'],
    ['twenty-eight hours into a local day', 'P1M', '2026-01-30T23:30:00Z', '2026-02-28T17:00'],
  ])('counts months: %s', (_name, offset, anchor, expected) => {
    expect(localOf(offset, 'months', anchor)).toBe(expected);
  });

  it('counts weeks, days and working days back from the day of the session', () => {
    const slot = '2026-04-10T07:00:00Z';
    expect(localOf('-P12W', 'weeks', slot)).toBe('2026-01-16T17:00');
    expect(localOf('-P6D', 'days', slot)).toBe('2026-04-04T17:00');
    expect(localOf('-P10D', 'workingDays', slot)).toBe('2026-03-25T17:00');
  });

  it('finds a day of the week that weeks lead to, whatever day they are counted from', () => {
    const opens = { ...rule('-P1W', 'weeks', '10:00'), weekday: 1 };
    const closes = { ...rule('-P1W', 'weeks', '18:00'), weekday: 4 };
    const local = (each: DeadlineRule, anchor: string) =>
      dueOf(each, anchor, { zone, holidays }).local;
    // Sessions that begin on a Monday, a Thursday, a Sunday: the week before theirs.
    for (const day of ['2027-05-03', '2027-05-06', '2027-05-09']) {
      expect(local(opens, startOfDay(day, zone))).toBe('2027-04-26T10:00');
      expect(local(closes, startOfDay(day, zone))).toBe('2027-04-29T18:00');
    }
    // The clocks change between the two: each is read in the zone.
    const spring = startOfDay('2027-04-05', zone);
    expect(dueOf(opens, spring, { zone, holidays }).due).toBe('2027-03-29T08:00:00Z');
    expect(
      dueOf({ ...opens, weekday: 7 }, startOfDay('2027-03-29', zone), { zone, holidays }),
    ).toEqual({ due: '2027-03-28T08:00:00Z', local: '2027-03-28T10:00', zone });
  });

  it('begins a date at its first instant in the zone', () => {
    expect(startOfDay('2027-05-03', zone)).toBe('2027-05-02T22:00:00Z');
    expect(startOfDay('2027-01-11', zone)).toBe('2027-01-10T23:00:00Z');
  });

  it('reads its hour in the zone, winter and summer', () => {
    const due = (anchor: string) =>
      dueOf(rule('P1D', 'days', '12:00'), anchor, { zone, holidays }).due;
    expect(due('2026-01-10T08:00:00Z')).toBe('2026-01-11T11:00:00Z');
    expect(due('2026-07-10T08:00:00Z')).toBe('2026-07-11T10:00:00Z');
  });

  it('moves an hour forward that does not exist, and takes the first that comes twice', () => {
    const due = (anchor: string) =>
      dueOf(rule('P1D', 'days', '02:30'), anchor, { zone, holidays }).due;
    expect(due('2026-03-28T08:00:00Z')).toBe('2026-03-29T01:30:00Z');
    expect(due('2026-10-24T08:00:00Z')).toBe('2026-10-25T00:30:00Z');
  });

  it('counts exact hours over a change of clocks and over weekends', () => {
    const due = dueOf(rule('PT48H', 'exact'), '2026-03-28T12:30:00+01:00', { zone, holidays });
    expect(due).toEqual({ due: '2026-03-30T11:30:00Z', local: '2026-03-30T13:30', zone });
  });

  it('lets the session set the hour, or the whole date', () => {
    const weeks = rule('-P12W', 'weeks', '17:00');
    const slot = '2026-04-10T07:00:00Z';
    expect(dueOf(weeks, slot, { zone, holidays, hour: '13:00' }).local).toBe('2026-01-16T13:00');
    expect(dueOf(weeks, slot, { zone, holidays, date: '2026-01-20' }).local).toBe(
      '2026-01-20T17:00',
    );
    const exact = rule('PT0S', 'exact');
    expect(dueOf(exact, slot, { zone, holidays, hour: '10:00' }).local).toBe('2026-04-10T10:00');
    expect(dueOf(exact, slot, { zone, holidays, date: '2026-04-13' }).local).toBe(
      '2026-04-13T09:00',
    );
  });

  it('tells where working days were counted over a year whose holidays are not known', () => {
    const whole = (unit: DeadlineRule['unit'], anchor: string, due: string) =>
      isCountedWhole({ unit }, { anchor, due }, { zone, holidays });
    expect(whole('workingDays', '2026-05-04T07:00:00Z', '2026-04-20T15:00:00Z')).toBe(true);
    expect(whole('workingDays', '2027-01-08T07:00:00Z', '2026-12-24T16:00:00Z')).toBe(false);
    expect(whole('workingDays', '2028-01-10T07:00:00Z', '2026-01-09T16:00:00Z')).toBe(false);
    expect(whole('weeks', '2027-01-08T07:00:00Z', '2026-12-24T16:00:00Z')).toBe(true);
    // The year is the zone's.
    expect(whole('workingDays', '2026-12-31T23:30:00Z', '2026-12-24T16:00:00Z')).toBe(false);
  });

  it('never overtakes: a later anchor is not due earlier', () => {
    const anyRule = fc.constantFrom(
      rule('P5M', 'months', '17:00'),
      rule('-P7M', 'months', '12:00'),
      rule('-P12W', 'weeks', '17:00'),
      rule('-P10D', 'workingDays', '02:30'),
      rule('P3D', 'days'),
      rule('PT48H', 'exact'),
    );
    const anySecond = fc.integer({ min: 1_325_376_000, max: 1_830_000_000 });
    fc.assert(
      fc.property(anyRule, anySecond, fc.nat({ max: 10_000_000 }), (each, second, gap) => {
        const due = (at: number) =>
          Temporal.Instant.from(
            dueOf(each, Temporal.Instant.fromEpochMilliseconds(at * 1000).toString(), {
              zone,
              holidays,
            }).due,
          );
        expect(Temporal.Instant.compare(due(second), due(second + gap))).toBeLessThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });

  it('shows an instant and the same instant as it is read in the zone', () => {
    const anyOffset = fc
      .integer({ min: -900, max: 900 })
      .map((days) => `${days < 0 ? '-' : ''}P${Math.abs(days)}D`);
    fc.assert(
      fc.property(anyOffset, (offset) => {
        const { due, local } = dueOf(rule(offset, 'days', '17:00'), '2026-03-10T09:00:00Z', {
          zone,
          holidays,
        });
        const read = Temporal.Instant.from(due).toZonedDateTimeISO(zone).toPlainDateTime();
        expect(`${local}:00`).toBe(read.toString());
      }),
    );
  });
});

describe('isLate', () => {
  it.each([
    ['a second before', '2026-01-16T15:59:59Z', false],
    ['just then', '2026-01-16T16:00:00Z', false],
    ['within the second of due', '2026-01-16T16:00:00.999Z', false],
    ['a second after', '2026-01-16T16:00:01Z', true],
    ['just then, in another zone', '2026-01-16T17:00:00+01:00', false],
  ])('%s', (_name, arrival, late) => {
    expect(isLate(arrival, '2026-01-16T16:00:00Z')).toBe(late);
  });
});

describe('expiryOrder', () => {
  it('goes by instant, then by key, and leaves its argument alone', () => {
    const given = [
      { key: 'c', due: '2026-01-01T12:00:00Z' },
      { key: 'b', due: '2026-01-01T12:00:00+01:00' },
      { key: 'a', due: '2026-01-01T12:00:00.000Z' },
    ];
    expect(expiryOrder(given).map((each) => each.key)).toEqual(['b', 'a', 'c']);
    expect(given.map((each) => each.key)).toEqual(['c', 'b', 'a']);
  });
});
