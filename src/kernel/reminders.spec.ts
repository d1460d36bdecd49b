import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { replyDeadline, sample } from '../../test/mechanisms/sample-definition.js';
import {
  daysLeft,
  firstLook,
  isPast,
  remindersAt,
  remindersOf,
  scheduleFor,
  sidesInRole,
  type Reminder,
  type ReminderSchedule,
} from './reminders.js';

const usual: ReminderSchedule = {
  days: [30, 14, 7, 1, 0],
  overdue: [1, 7],
  escalate: { after: 3, to: ['head'] },
};
const geneva = (due: string) => ({ due, zone: 'Europe/Zurich' });

describe('the reminders of a deadline', () => {
  it('come at nine on its own calendar, through a change of clocks, to its end', () => {
    // Due on the evening of 5 April 2027; the clocks went forward on 28 March.
    expect(remindersOf(usual, geneva('2027-04-05T15:00:00Z'))).toEqual([
      { what: 'approaching', days: 30, at: '2027-03-06T08:00:00Z' },
      { what: 'approaching', days: 14, at: '2027-03-22T08:00:00Z' },
      { what: 'approaching', days: 7, at: '2027-03-29T07:00:00Z' },
      { what: 'approaching', days: 1, at: '2027-04-04T07:00:00Z' },
      { what: 'approaching', days: 0, at: '2027-04-05T07:00:00Z' },
      { what: 'overdue', days: -1, at: '2027-04-06T07:00:00Z' },
      { what: 'escalated', days: -3, at: '2027-04-08T07:00:00Z' },
      { what: 'overdue', days: -7, at: '2027-04-12T07:00:00Z' },
    ]);
  });

  it('count the day where it is due, not where the clock of Greenwich stands', () => {
    const late = { due: '2027-06-30T23:30:00Z', zone: 'Pacific/Auckland' };
    const [first] = remindersOf({ days: [1], overdue: [] }, late);
    // Half past eleven in the morning of 1 July, there.
    expect(first?.at).toBe('2027-06-29T21:00:00Z');
    expect(daysLeft(late, first?.at ?? late.due)).toBe(1);
  });

  it('leave out the day itself where it is over by then', () => {
    const early = remindersOf({ days: [1, 0], overdue: [] }, geneva('2027-04-05T06:00:00Z'));
    expect(early.map(({ days }) => days)).toEqual([1]);
  });

  it('are never of what is over, where it is a right or a move of the clock’s', () => {
    const rights = [{ ...replyDeadline, optional: true }, { metBy: { move: 'answer' } }];
    for (const rule of rights) {
      expect(scheduleFor(usual, rule)).toEqual({ days: usual.days, overdue: [] });
    }
    expect(scheduleFor(usual, replyDeadline)).toBe(usual);
  });
});

describe('what is given when', () => {
  const all = remindersOf(usual, geneva('2027-04-05T15:00:00Z'));
  const nth = (step: number): string => all.at(step)?.at ?? '';
  const given = (at: string, last: string | null = null) => {
    const { give, next } = remindersAt(all, at, last);
    return { give: give.map(({ days }) => days), next };
  };

  it('is the step whose instant it is, and the next comes after it', () => {
    expect(given(nth(1))).toEqual({ give: [14], next: nth(2) });
    expect(given(nth(-1))).toEqual({ give: [-7], next: null });
  });

  it('is the latest alone of what had passed before anybody could know', () => {
    expect(given('2027-03-30T10:00:00Z')).toEqual({ give: [7], next: nth(3) });
    expect(given('2027-01-01T00:00:00Z')).toEqual({ give: [], next: nth(0) });
  });

  it('is looked for at once where a step has passed, else when the first comes', () => {
    expect(firstLook(all, '2027-03-30T10:00:00Z')).toBe('2027-03-30T10:00:00Z');
    expect(firstLook(all, '2027-01-01T00:00:00Z')).toBe(nth(0));
    expect(firstLook([], '2027-01-01T00:00:00Z')).toBeNull();
  });

  it('is nothing that was given for this day before, or as late as that', () => {
    expect(given('2027-03-30T10:00:00Z', nth(2)).give).toEqual([]);
    expect(given('2027-03-30T10:00:00Z', '2027-03-29T12:00:00Z').give).toEqual([]);
    expect(given('2027-03-30T10:00:00Z', nth(0)).give).toEqual([7]);
  });

  it('is both of two steps of the same instant', () => {
    const two = remindersOf(
      { days: [], overdue: [1], escalate: { after: 1, to: ['head'] } },
      geneva('2027-04-05T15:00:00Z'),
    );
    const { give, next } = remindersAt(two, two[0]?.at ?? '', null);
    expect(give.map(({ what }) => what)).toEqual(['overdue', 'escalated']);
    expect(next).toBeNull();
  });
});

describe('whatever the schedule and the day', () => {
  const steps = (min: number) =>
    fc.uniqueArray(fc.integer({ min, max: 200 }), { minLength: 1, maxLength: 6 });
  const schedules = fc.record({
    days: steps(0),
    overdue: steps(1),
    escalate: fc.option(
      fc.record({ after: fc.integer({ min: 1, max: 60 }), to: fc.constant(['head']) }),
      { nil: undefined },
    ),
  });
  const dues = fc.record({
    due: fc
      .integer({ min: 0, max: 10 * 365 * 24 * 60 })
      .map((minutes) => Temporal.Instant.from('2020-01-01T00:00:00Z').add({ minutes }).toString()),
    zone: fc.constantFrom('Europe/Zurich', 'America/New_York', 'Pacific/Apia', 'Asia/Kathmandu'),
  });
  const local = ({ at }: Reminder, zone: string) =>
    Temporal.Instant.from(at).toZonedDateTimeISO(zone);

  it('every step is at nine, as many days away as it says, and ahead while there is time', () => {
    fc.assert(
      fc.property(schedules, dues, (schedule, due) => {
        for (const each of remindersOf(schedule, due)) {
          expect(local(each, due.zone).toPlainTime().toString()).toBe('09:00:00');
          expect(daysLeft(due, each.at)).toBe(each.days);
          expect(each.what === 'approaching').toBe(each.at < due.due);
        }
      }),
    );
  });

  it('going from one to the next gives each once, in order, from wherever one begins', () => {
    fc.assert(
      fc.property(schedules, dues, fc.integer({ min: -300, max: 80 }), (schedule, due, off) => {
        const all = remindersOf(schedule, due);
        const start = Temporal.Instant.from(due.due)
          .add({ hours: off * 24 + 5 })
          .toString();
        const told: Reminder[] = [];
        let at: string | null = start;
        let last: string | null = null;
        while (at !== null) {
          const { give, next }: ReturnType<typeof remindersAt> = remindersAt(all, at, last);
          if (give.length > 0) last = at;
          told.push(...give);
          expect(next === null || next > at).toBe(true);
          at = next;
        }
        const later = all.filter((each) => each.at > start);
        const passed = all.filter((each) => each.at <= start);
        expect(told).toEqual([...passed.slice(-1), ...later]);
        // Looking again when it is over changes nothing.
        expect(last === null || remindersAt(all, last, last).give.length === 0).toBe(true);
      }),
    );
  });
});

describe('who is reminded, and until when', () => {
  const participants = [
    { role: 'party', principal: 'state:SVN' },
    { role: 'observer', principal: 'state:FRA' },
  ];
  it('is who holds the role for themselves: not the many, not the clock', () => {
    const sides = (role: string) => sidesInRole(sample, role, participants);
    expect(sides('party')).toEqual(['state:SVN']);
    expect(sides('secretariat')).toEqual(['secretariat:sample']);
    expect(sides('chair')).toEqual(['body:committee']);
    expect([sides('observer'), sides('clock'), sides('nobody')]).toEqual([[], [], []]);
  });

  it('nobody, once the proceeding is over or the document is not taken any more', () => {
    expect(isPast(sample, replyDeadline, 'forwarded')).toBe(false);
    expect(isPast(sample, replyDeadline, 'answered')).toBe(true);
    expect(isPast(sample, { metBy: { act: 'x' } }, 'answered')).toBe(false);
    expect(isPast(sample, { metBy: { act: 'x' } }, 'decided')).toBe(true);
  });
});
