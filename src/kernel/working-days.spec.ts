import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { addWorkingDays, isWorkingDay } from './working-days.js';

const day = (text: string) => Temporal.PlainDate.from(text);
const epoch = day('2012-01-01');
const anyDate = fc.integer({ min: 0, max: 5800 }).map((days) => epoch.add({ days }));
const anyHolidays = fc
  .array(anyDate, { maxLength: 200 })
  .map((dates) => new Set(dates.map((date) => date.toString())));
const anyCount = fc.integer({ min: -40, max: 40 });

describe('addWorkingDays', () => {
  it.each([
    ['a Friday and one is Monday', '2026-03-06', 1, '2026-03-09'],
    ['a Saturday and one is Monday', '2026-03-07', 1, '2026-03-09'],
    ['a Monday less one is Friday', '2026-03-09', -1, '2026-03-06'],
    ['ten before a Monday are two weeks', '2026-05-04', -10, '2026-04-20'],
    ['Easter is skipped on the way back', '2026-04-10', -10, '2026-03-25'],
    ['Easter is skipped on the way on', '2026-04-02', 1, '2026-04-07'],
    ['none is the day itself, a Sunday too', '2026-03-08', 0, '2026-03-08'],
  ])('%s', (_name, start, days, expected) => {
    const easter = new Set(['2026-04-03', '2026-04-06']);
    expect(addWorkingDays(day(start), days, easter).toString()).toBe(expected);
  });

  it('ends on a working day, that many working days away', () => {
    fc.assert(
      fc.property(anyDate, anyCount, anyHolidays, (start, days, holidays) => {
        fc.pre(days !== 0);
        const end = addWorkingDays(start, days, holidays);
        expect(isWorkingDay(end, holidays)).toBe(true);
        let counted = 0;
        const step = { days: Math.sign(days) };
        for (let each = start; !each.equals(end);) {
          each = each.add(step);
          if (isWorkingDay(each, holidays)) counted += Math.sign(days);
        }
        expect(counted).toBe(days);
      }),
    );
  });

  it('is undone by its opposite, from a working day', () => {
    fc.assert(
      fc.property(anyDate, anyCount, anyHolidays, (start, days, holidays) => {
        fc.pre(isWorkingDay(start, holidays));
        const there = addWorkingDays(start, days, holidays);
        expect(addWorkingDays(there, -days, holidays).toString()).toBe(start.toString());
      }),
    );
  });

  it('never overtakes: a later start does not end earlier', () => {
    fc.assert(
      fc.property(
        anyDate,
        fc.nat({ max: 30 }),
        anyCount,
        anyHolidays,
        (start, gap, days, holidays) => {
          const first = addWorkingDays(start, days, holidays);
          const second = addWorkingDays(start.add({ days: gap }), days, holidays);
          expect(Temporal.PlainDate.compare(first, second)).toBeLessThanOrEqual(0);
        },
      ),
    );
  });
});
