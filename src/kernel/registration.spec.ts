import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countsAsRegistered, registrationEnds } from './registration.js';

const due = '2026-10-03T10:00:00Z';
const registered = { sha256: 'a', at: '2026-10-03T09:00:00Z' };
const text = { sha256: 'a', original: true, at: '2026-10-03T20:00:00Z' };
const handing = { now: '2026-10-04T08:00:00Z', due, registered, lasts: 'PT24H', texts: [text] };

describe('a registered file', () => {
  it('is taken for as long after the deadline as it was said, and no longer', () => {
    expect(registrationEnds(due, 'PT24H')).toBe('2026-10-04T10:00:00Z');
    expect(countsAsRegistered(handing)).toBe(true);
    expect(countsAsRegistered({ ...handing, now: '2026-10-04T10:00:00Z' })).toBe(true);
    expect(countsAsRegistered({ ...handing, now: '2026-10-04T10:00:01Z' })).toBe(false);
  });

  it('has as long when it was registered long before as at the last minute', () => {
    for (const at of ['2026-09-01T09:00:00Z', due]) {
      const whole = { ...handing, registered: { ...registered, at } };
      expect(countsAsRegistered({ ...whole, now: '2026-10-04T10:00:00Z' })).toBe(true);
    }
  });

  it('is that very file, whatever else is sent', () => {
    fc.assert(
      fc.property(fc.string(), (sha256) => {
        const texts = [{ ...text, sha256 }];
        expect(countsAsRegistered({ ...handing, texts })).toBe(sha256 === 'a');
      }),
    );
  });

  it('brings no translation with it that was not there in time', () => {
    const translated = (at: string) => [text, { sha256: 'b', original: false, at }];
    expect(countsAsRegistered({ ...handing, texts: translated('2026-10-03T09:59:00Z') })).toBe(
      true,
    );
    expect(countsAsRegistered({ ...handing, texts: translated('2026-10-03T11:00:00Z') })).toBe(
      false,
    );
  });

  it('was registered in time', () => {
    const late = { ...registered, at: '2026-10-03T10:05:00Z' };
    expect(countsAsRegistered({ ...handing, registered: late })).toBe(false);
  });
});
