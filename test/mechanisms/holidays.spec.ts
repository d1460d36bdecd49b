import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { inProject } from '../../src/config/project-root.js';
import { loadMechanisms } from '../../src/modules/mechanisms/load-mechanisms.js';

const { years } = loadMechanisms(inProject('mechanisms')).calendars.find(
  ({ calendar }) => calendar === 'un-geneva',
)!;

/** By how many days each follows Easter. */
const MOVING = {
  'Good Friday': -2,
  'Easter Monday': 1,
  'Ascension Day': 39,
  'Whit Monday': 50,
} as const;

describe('the holidays at Geneva', () => {
  it('are known for every year until 2031, the same in each, on days of work', () => {
    const all = Array.from({ length: 20 }, (_, n) => 2012 + n);
    expect(years.map(({ year }) => year)).toEqual(all);
    const names = (at: number) => years[at]!.days.map(({ name }) => name).toSorted();
    for (const [n, { days }] of years.entries()) {
      expect(names(n)).toEqual(names(0));
      const weekdays = days.map(({ date }) => Temporal.PlainDate.from(date).dayOfWeek);
      expect(Math.max(...weekdays)).toBeLessThan(6);
    }
  });

  it('follow Easter where they do', () => {
    for (const { days } of years) {
      const dates = new Map(days.map(({ name, date }) => [name, Temporal.PlainDate.from(date)]));
      const easters = Object.entries(MOVING).map(([name, after]) =>
        dates.get(name)!.subtract({ days: after }).toString(),
      );
      expect(new Set(easters).size).toBe(1);
    }
  });
});
