import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allot, type Listed, type TimeRules } from './speaking-time.js';

/** The Working Group: 140 minutes, three minutes for members, two for observers. */
const rules: TimeRules = { total: 8400, member: 180, observer: 120, step: 1, rounding: 'down' };
const list = (members: number, observers: number): Listed => ({ members, observers });
const used = ({ members, observers }: Listed, given: { member: number; observer: number }) =>
  members * given.member + observers * given.observer;

const lists = fc
  .record({ members: fc.nat({ max: 47 }), observers: fc.nat({ max: 148 }) })
  .map(({ members, observers }) => list(members, observers));

describe('the time of a list of speakers', () => {
  it.each([
    [0, 0, 180, 120],
    [1, 0, 180, 120],
    // 46 × 180 + 1 × 120 = 8400, to the second.
    [46, 1, 180, 120],
    [46, 2, 120, 120],
    [0, 70, 180, 120],
    [1, 69, 120, 120],
    [35, 35, 120, 120],
    [47, 23, 120, 120],
    [0, 71, 118, 118],
    [47, 24, 118, 118],
    [47, 53, 84, 84],
    [47, 146, 43, 43],
  ])('of %i members and %i observers', (members, observers, member, observer) => {
    expect(allot(rules, list(members, observers))).toEqual({ member, observer });
  });

  it('is rounded as the procedure says', () => {
    const five = { ...rules, step: 5 };
    expect(allot(five, list(47, 24))).toEqual({ member: 115, observer: 115 });
    const nearest = { ...five, rounding: 'nearest' as const };
    expect(allot(nearest, list(47, 24))).toEqual({ member: 120, observer: 120 });
  });

  it('is never more than there is, but where it is rounded to the nearest', () => {
    fc.assert(
      fc.property(lists, fc.constantFrom(1, 5, 10), (on, step) => {
        const down = allot({ ...rules, step }, on);
        expect(used(on, down)).toBeLessThanOrEqual(rules.total);
        const nearest = allot({ ...rules, step, rounding: 'nearest' }, on);
        const slack = ((on.members + on.observers) * step) / 2;
        expect(used(on, nearest)).toBeLessThanOrEqual(rules.total + slack);
      }),
    );
  });

  it('is never less for a member than for an observer, and never more than the full time', () => {
    fc.assert(
      fc.property(lists, (on) => {
        const { member, observer } = allot(rules, on);
        expect(member).toBeGreaterThanOrEqual(observer);
        expect(member).toBeLessThanOrEqual(rules.member);
        expect(observer).toBeLessThanOrEqual(rules.observer);
        expect(observer).toBeGreaterThan(0);
      }),
    );
  });

  it('gives nobody more because one more speaks', () => {
    fc.assert(
      fc.property(lists, fc.boolean(), (on, member) => {
        const more = member
          ? list(on.members + 1, on.observers)
          : list(on.members, on.observers + 1);
        const [before, after] = [allot(rules, on), allot(rules, more)];
        expect(after.member).toBeLessThanOrEqual(before.member);
        expect(after.observer).toBeLessThanOrEqual(before.observer);
      }),
    );
  });
});
