import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { URGENCIES } from './audience.js';
import { DIGESTS, dueAt, type Manners } from './telling.js';

const manners: Manners = {
  zone: 'Europe/Zurich',
  quiet: null,
  digest: 'at-once',
  digestAt: '08:00',
  digestOn: 1,
};
const due = (now: string, wished: Partial<Manners>, urgency: 'normal' | 'low' = 'normal') => {
  const { at, digest } = dueAt({ ...manners, ...wished }, urgency, new Date(now));
  return [at.toISOString().replace('.000', ''), digest];
};
const night = { from: '22:00', to: '07:00' };

const hour = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const wishes: fc.Arbitrary<Manners> = fc.record({
  zone: fc.constantFrom(
    'UTC',
    'Europe/Zurich',
    'America/New_York',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Africa/Cairo',
    'Pacific/Apia',
    'Pacific/Chatham',
    'America/Havana',
  ),
  quiet: fc.option(
    fc.record({
      from: hour,
      to: hour,
      days: fc.option(fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), { nil: undefined }),
    }),
  ),
  digest: fc.constantFrom(...DIGESTS),
  digestAt: hour,
  digestOn: fc.integer({ min: 1, max: 7 }),
});
const TRANSITIONS = [
  '2027-03-28T01:00:00Z',
  '2027-10-31T01:00:00Z',
  '2027-03-14T07:00:00Z',
  '2027-11-07T06:00:00Z',
  '2027-04-03T15:00:00Z',
  '2027-10-02T15:30:00Z',
  '2011-12-30T10:00:00Z',
  '2027-04-30T00:00:00Z',
];
const moments = fc.oneof(
  fc.date({ min: new Date('2010-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
  fc
    .tuple(fc.constantFrom(...TRANSITIONS), fc.integer({ min: -100_000, max: 100_000 }))
    .map(([at, seconds]) => new Date(Date.parse(at) + seconds * 1000)),
);

describe('when somebody is told', () => {
  it('is now where it is urgent, whatever they wish', () => {
    fc.assert(
      fc.property(wishes, moments, (wished, now) => {
        expect(dueAt(wished, 'urgent', now)).toEqual({ at: now, digest: false });
      }),
    );
  });

  it('is now, or when quiet hours end, without digests', () => {
    expect(due('2027-05-03T10:00:00Z', {})).toEqual(['2027-05-03T10:00:00Z', false]);
    const quiet = { quiet: night };
    expect(due('2027-05-03T19:59:59Z', quiet)).toEqual(['2027-05-03T19:59:59Z', false]);
    expect(due('2027-05-03T20:00:00Z', quiet)).toEqual(['2027-05-04T05:00:00Z', true]);
    expect(due('2027-05-04T04:30:00Z', quiet)).toEqual(['2027-05-04T05:00:00Z', true]);
    // Too near their end to be told with others.
    expect(due('2027-05-04T04:59:30Z', quiet)).toEqual(['2027-05-04T05:00:00Z', false]);
    expect(due('2027-05-04T05:00:00Z', quiet)).toEqual(['2027-05-04T05:00:00Z', false]);
  });

  it('knows quiet days: the weekend, from its beginning to its end', () => {
    const quiet = { from: '00:00', to: '00:00', days: [6, 7] };
    expect(due('2027-05-01T12:00:00Z', { quiet })).toEqual(['2027-05-02T22:00:00Z', true]);
    expect(due('2027-04-30T21:00:00Z', { quiet })).toEqual(['2027-04-30T21:00:00Z', false]);
  });

  it('is the next full hour, day or week of their own clocks, a minute ahead at least', () => {
    const hourly = { digest: 'hourly', zone: 'Asia/Kolkata' } as const;
    expect(due('2027-05-03T10:01:00Z', hourly)).toEqual(['2027-05-03T10:30:00Z', true]);
    expect(due('2027-05-03T10:29:01Z', hourly)).toEqual(['2027-05-03T11:30:00Z', true]);
    const daily = { digest: 'daily' } as const;
    expect(due('2027-05-03T05:00:00Z', daily)).toEqual(['2027-05-03T06:00:00Z', true]);
    expect(due('2027-05-03T06:00:00Z', daily)).toEqual(['2027-05-04T06:00:00Z', true]);
    // 3 May is a Monday.
    const weekly = { digest: 'weekly', digestOn: 1 } as const;
    expect(due('2027-05-03T05:00:00Z', weekly)).toEqual(['2027-05-03T06:00:00Z', true]);
    expect(due('2027-05-03T07:00:00Z', weekly)).toEqual(['2027-05-10T06:00:00Z', true]);
  });

  it('is the digest of a day for what can wait, where others are hourly', () => {
    const hourly = { digest: 'hourly' } as const;
    expect(due('2027-05-03T07:00:00Z', hourly, 'low')).toEqual(['2027-05-04T06:00:00Z', true]);
    expect(due('2027-05-03T07:00:00Z', {}, 'low')).toEqual(['2027-05-03T07:00:00Z', false]);
  });

  it('waits with a digest until quiet hours end', () => {
    const wished = { digest: 'daily', digestAt: '23:00', quiet: night } as const;
    expect(due('2027-05-03T10:00:00Z', wished)).toEqual(['2027-05-04T05:00:00Z', true]);
  });

  it('knows an hour that there is not, or twice, once', () => {
    const daily = { digest: 'daily', digestAt: '02:30' } as const;
    // Clocks go from 02:00 to 03:00 on 28 March, and from 03:00 back to 02:00 on 31 October.
    expect(due('2027-03-27T12:00:00Z', daily)).toEqual(['2027-03-28T01:30:00Z', true]);
    expect(due('2027-03-28T01:30:00Z', daily)).toEqual(['2027-03-29T00:30:00Z', true]);
    expect(due('2027-10-30T12:00:00Z', daily)).toEqual(['2027-10-31T00:30:00Z', true]);
    expect(due('2027-10-31T00:30:00Z', daily)).toEqual(['2027-11-01T01:30:00Z', true]);
  });

  it('is never before now, never in a digest that is about to leave, and never out of turn', () => {
    fc.assert(
      fc.property(
        wishes,
        fc.constantFrom(...URGENCIES),
        moments,
        fc.integer({ min: 0, max: 900_000 }),
        (wished, urgency, now, seconds) => {
          const first = dueAt(wished, urgency, now);
          const later = new Date(now.getTime() + seconds * 1000);
          const next = dueAt(wished, urgency, later);
          expect(first.at >= now).toBe(true);
          expect(next.at >= first.at).toBe(true);
          expect(first.digest && first.at.getTime() - now.getTime() < 60_000).toBe(false);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('shows the hour that was asked for on their own clocks, unless clocks are moved then', () => {
    fc.assert(
      fc.property(wishes, moments, (wished, now) => {
        const daily = { ...wished, quiet: null, digest: 'daily' } as const;
        const { at } = dueAt(daily, 'normal', now);
        const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(
          wished.zone,
        );
        const moved = local.hoursInDay !== 24 || local.toString().includes('2011-12-31');
        expect(moved || local.toPlainTime().toString().slice(0, 5) === wished.digestAt).toBe(true);
        expect(at.getTime() - now.getTime()).toBeLessThanOrEqual(50 * 3_600_000);
      }),
      { numRuns: 500 },
    );
  });
});
