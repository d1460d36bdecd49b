import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { embargoRefused, holdsBack, releaseOf, warningOf } from './embargo.js';

const NOW = '2027-01-10T09:00:00Z';
const after = (hours: number): string =>
  new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();
const asked = (until: string, firstAskedAt = NOW) =>
  embargoRefused({ until, now: NOW, firstAskedAt })?.code ?? null;

describe('an embargo', () => {
  it('ends in time to come, and within 180 days of its first asking', () => {
    expect(asked(NOW)).toBe('embargo-too-short');
    expect(asked(after(-1))).toBe('embargo-too-short');
    expect(asked(after(1))).toBeNull();
    expect(asked(after(180 * 24))).toBeNull();
    expect(asked(after(180 * 24 + 1))).toBe('embargo-too-long');
    // Many small steps gain nothing.
    expect(asked(after(24), after(-180 * 24))).toBe('embargo-too-long');
  });

  it('warns seven days ahead, and holds for 48 hours more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4000 }), (hours) => {
        const until = after(hours);
        const release = Date.parse(releaseOf(until));
        expect(Date.parse(until) - Date.parse(warningOf(until))).toBe(7 * 86_400_000);
        expect(release - Date.parse(until)).toBe(2 * 86_400_000);
        expect(holdsBack(until, new Date(release - 1).toISOString())).toBe(true);
        expect(holdsBack(until, new Date(release).toISOString())).toBe(false);
      }),
    );
  });
});
