import { describe, expect, it } from '@jest/globals';
import { sample } from '../../../test/mechanisms/sample-definition.js';
import { digestOf, holidaysOf, pinFaults, pinOf } from './mechanisms.rules.js';

describe('digestOf', () => {
  it('does not depend on the order of fields', () => {
    const { key, ...rest } = sample;
    expect(digestOf({ ...rest, key })).toBe(digestOf(sample));
    expect(digestOf(sample)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('depends on everything else', () => {
    expect(digestOf({ ...sample, title: 'Another' })).not.toBe(digestOf(sample));
    expect(digestOf({ ...sample, stages: sample.stages.toReversed() })).not.toBe(digestOf(sample));
  });
});

describe('pinFaults', () => {
  const stored = pinOf(sample);
  const changed = { ...stored, digest: 'f'.repeat(64) };

  it('finds a version that changed under its number', () => {
    expect(pinFaults([stored], [changed])).toEqual([
      {
        key: 'sample',
        version: 1,
        message: 'sample version 1 has changed; give it a new version number instead',
      },
    ]);
    expect(pinFaults([stored], [{ ...changed, draft: true }])).toHaveLength(1);
  });

  it('lets be what is the same, what is new, and what was a draft', () => {
    expect(pinFaults([stored], [stored])).toEqual([]);
    expect(pinFaults([stored], [stored, { ...changed, version: 2 }])).toEqual([]);
    expect(pinFaults([{ ...stored, draft: true }], [changed])).toEqual([]);
    expect(pinFaults([], [stored])).toEqual([]);
  });
});

describe('holidaysOf', () => {
  it('puts the days of all years together', () => {
    const day = (date: string) => ({ date, name: 'A day' });
    const years = [
      { year: 2026, days: [day('2026-01-01')] },
      { year: 2027, unverified: true, days: [day('2027-01-01')] },
    ];
    expect([...holidaysOf({ calendar: 'c', title: 'C', years })]).toEqual([
      '2026-01-01',
      '2027-01-01',
    ]);
  });
});
