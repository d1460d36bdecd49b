import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { groupOf } from '../../kernel/sides.js';
import {
  inOrder,
  longerThan,
  overlap,
  standingOn,
  type Period,
  type TreatyData,
} from './parties.rules.js';
import type { State } from './state-names.rules.js';

const read = <T>(file: string): T[] =>
  JSON.parse(readFileSync(new URL(`../../../data/${file}`, import.meta.url), 'utf8')) as T[];

describe('how a State stands to a treaty', () => {
  const periods = [
    { from: '2001-10-30', until: '2010-01-01' },
    { from: '2015-06-01', until: null },
  ];
  const optOuts = [{ procedure: 'communications', from: '2002-01-01', until: '2005-01-01' }];

  it.each([
    ['2001-10-29', false, false, null],
    ['2001-10-30', true, false, '2001-10-30'],
    ['2002-01-01', true, true, '2001-10-30'],
    ['2004-12-31', true, true, '2001-10-30'],
    ['2005-01-01', true, false, '2001-10-30'],
    ['2009-12-31', true, false, '2001-10-30'],
    ['2010-01-01', false, false, null],
    ['2015-05-31', false, false, null],
    ['2030-01-01', true, false, '2015-06-01'],
  ])('on %s: Party %s, opted out %s, since %s', (day, party, optedOut, since) => {
    expect(standingOn(day, periods, optOuts, 'communications')).toEqual({ party, optedOut, since });
  });

  it('knows an opt-out of another procedure from this one, and none of who is no Party', () => {
    expect(standingOn('2003-01-01', periods, optOuts, 'submissions').optedOut).toBe(false);
    expect(standingOn('2003-01-01', [], optOuts, 'communications')).toEqual({
      party: false,
      optedOut: false,
      since: null,
    });
  });
});

describe('periods', () => {
  const day = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2000-02-01'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
  const period = fc
    .record({ from: day, until: fc.option(day) })
    .filter((each): each is Period => inOrder(each));

  it('overlap when they have a day in common', () => {
    const days = Array.from({ length: 33 }, (_, n) =>
      new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10),
    );
    fc.assert(
      fc.property(period, period, (one, other) => {
        const both = days.some((at) =>
          [one, other].every((each) => standingOn(at, [each], [], '').party),
        );
        expect(overlap(one, other)).toBe(both);
        expect(overlap(other, one)).toBe(both);
      }),
    );
  });

  it.each([
    ['2001-10-30', '2005-10-30', false],
    ['2001-10-30', '2005-10-31', true],
    ['2004-02-29', '2008-02-29', false],
    ['2096-02-29', '2100-02-28', false],
    ['2096-02-29', '2100-03-01', true],
    ['2001-10-30', null, true],
  ])('from %s until %s last longer than four years: %s', (from, until, longer) => {
    expect(longerThan({ from, until }, 4)).toBe(longer);
  });
});

describe('data/treaties.json', () => {
  const treaties = read<TreatyData>('treaties.json');
  const states = read<State>('states.json');

  it('names Parties of the directory, each once, with days in order', () => {
    const known = new Set(states.map(({ iso3 }) => iso3));
    for (const { parties, inForceFrom } of treaties) {
      const codes = parties.map(({ state }) => state);
      expect(codes).toEqual([...new Set(codes)].toSorted());
      expect(codes.filter((code) => !known.has(code))).toEqual([]);
      const wrong = parties.filter(
        ({ from, until = null }) =>
          !/^\d{4}-\d\d-\d\d$/.test(from) || !inOrder({ from, until }) || from < inForceFrom!,
      );
      expect(wrong).toEqual([]);
    }
  });

  it('has the Parties to the Aarhus Convention, the European Union among them', () => {
    const { parties } = treaties.find(({ key }) => key === 'aarhus')!;
    const on = (date: string) =>
      parties
        .filter(({ from, until = null }) => standingOn(date, [{ from, until }], [], '').party)
        .map(({ state }) => state);
    // The sixteenth instrument brought it into force; Slovakia was the 38th Party.
    expect(on('2001-10-30')).toHaveLength(16);
    expect(on('2006-03-05')).toHaveLength(38);
    expect(on('2022-10-23')).toContain('BLR');
    expect(on('2022-10-24')).not.toContain('BLR');
    expect(on('2024-01-01')).toHaveLength(47);
    expect(on('2024-01-01')).toContain('EUU');
  });
});

describe('organizations of States', () => {
  it('belong to no group of sides, as no others do not', () => {
    const apart = read<State>('states.json').filter(
      ({ iso3 }) => groupOf(`state:${iso3}`) === undefined,
    );
    expect(apart.map(({ iso3, kind, m49, groups }) => ({ iso3, kind, m49, groups }))).toEqual([
      { iso3: 'EUU', kind: 'organization', m49: null, groups: [] },
    ]);
    const organizations = read<State>('states.json').filter((s) => s.kind === 'organization');
    expect(organizations).toEqual(apart);
    expect(groupOf('organization:x')).toBe('stakeholders');
    expect(groupOf('secretariat:upr')).toBeUndefined();
  });
});
