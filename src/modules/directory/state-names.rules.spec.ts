import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import {
  foldName,
  holdsOn,
  stateNames,
  type CouncilSeat,
  type State,
} from './state-names.rules.js';

const read = <T>(file: string): T[] =>
  JSON.parse(readFileSync(new URL(`../../../data/${file}`, import.meta.url), 'utf8')) as T[];

describe('the folded form of a name', () => {
  it.each([
    ['CÔTE D’IVOIRE', "Cote d'Ivoire"],
    ['Iran, Islamic Republic of', ' Iran (Islamic  Republic of)*'],
    ['St. Kitts &amp; Nevis', 'Saint Kitts and Nevis'],
    ['St.Lucia', 'Saint Lucia'],
    ['Gambia (the)', 'The Gambia'],
    ['Gambie (la)', 'gambie'],
    ['Guinea Bissau', 'Guinea-Bissau'],
    ['U.S.A.', 'USA'],
    ['C&ocirc;te d&rsquo;Ivoire', 'Côte d’Ivoire'],
    ['&#40;Peru&#x29;', 'Peru'],
    ['&amp;#40;Peru&amp;#41;', '(Peru)'],
  ])('is the same for %s and %s', (one, other) => {
    expect(foldName(one)).toBe(foldName(other));
  });

  it('keeps apart what differs, and survives entities that mean nothing', () => {
    expect(foldName('Niger')).not.toBe(foldName('Nigeria'));
    expect(foldName('&#999999; &bogus; &xconstructor;')).toBe('and bogus and xconstructor');
  });
});

describe('whom a name means', () => {
  const names = stateNames([
    {
      iso3: 'AAA',
      names: [
        { name: 'Upland', from: '2010-05-01' },
        { name: 'Old Upland', until: '2010-05-01' },
        { name: 'The Isles', until: '1990-01-01' },
      ],
    },
    { iso3: 'BBB', names: [{ name: 'The Isles', from: '1990-01-01', until: null }] },
  ]);

  it('counts former names when no day is asked for', () => {
    expect(names.resolve('old upland')).toBe('AAA');
    expect(names.resolve('UPLAND*')).toBe('AAA');
  });

  it('admits on a day only the names borne on it; a name ends as its successor begins', () => {
    expect(names.resolve('Old Upland', { on: '2010-04-30' })).toBe('AAA');
    expect(names.resolve('Upland', { on: '2010-04-30' })).toBeNull();
    expect(names.resolve('Old Upland', { on: '2010-05-01' })).toBeNull();
    expect(names.resolve('Upland', { on: '2010-05-01' })).toBe('AAA');
  });

  it('answers null for a name of two States until the day tells them apart', () => {
    expect(names.resolve('the Isles')).toBeNull();
    expect(names.resolve('Isles', { on: '1989-12-31' })).toBe('AAA');
    expect(names.resolve('Isles', { on: '1990-01-01' })).toBe('BBB');
  });

  it.each(['', '  ', '*', 'the', '&#40;Unknown&#41;', 'AA', 'AAA'])(
    'answers null for "%s"',
    (n) => {
      expect(names.resolve(n)).toBeNull();
    },
  );
});

describe('data/states.json', () => {
  const states = read<State>('states.json');
  const names = stateNames(states);
  const own = states.filter(({ kind }) => kind !== 'organization');

  it('holds 193 members, two observers and the European Union, each code once', () => {
    expect(states.filter(({ kind }) => kind === 'member')).toHaveLength(193);
    const observers = states.filter(({ kind }) => kind === 'observer');
    expect(observers.map(({ iso3 }) => iso3)).toEqual(['PSE', 'VAT']);
    expect(own).toHaveLength(195);
    expect(new Set(states.map(({ iso3 }) => iso3)).size).toBe(196);
    expect(new Set(own.map(({ m49 }) => m49)).size).toBe(195);
    expect(own.filter((s) => !/^[A-Z]{3} \d{3}$/.test(`${s.iso3} ${s.m49}`))).toEqual([]);
  });

  it('names each State once in each of the six languages', () => {
    for (const { names: rows } of states) {
      const short = rows.filter(({ form }) => form === 'short');
      expect(short.map(({ language }) => language)).toEqual(['en', 'fr', 'es', 'ru', 'zh', 'ar']);
    }
  });

  it('gives no name to two States, whatever the day', () => {
    const astray = own.flatMap((state) =>
      state.names.filter(({ name }) => names.resolve(name) !== state.iso3),
    );
    expect(astray).toEqual([]);
  });

  it('dates every former name, and no term ends before it begins', () => {
    const rows = states.flatMap((state) => [...state.names, ...state.groups]);
    expect(rows.filter(({ from, until }) => from && until && from >= until)).toEqual([]);
    const dates = rows.flatMap(({ from, until }) => [from, until]).filter(Boolean);
    expect(dates.filter((date) => !/^\d{4}-\d\d-\d\d$/.test(String(date)))).toEqual([]);
    const former = states.flatMap((s) => s.names.filter(({ form }) => form === 'former'));
    expect(former.filter(({ until }) => !until)).toEqual([]);
  });

  it('sums the regional groups to the membership', () => {
    const count = (group: string) =>
      states.filter((state) => state.groups.some((row) => row.group === group)).length;
    expect(['african', 'asia-pacific', 'eastern-european', 'grulac', 'weog'].map(count)).toEqual([
      54,
      53 + 1,
      23,
      33,
      28 + 1,
    ]);
    expect(states.filter((s) => s.kind === 'member' && s.groups.length !== 1)).toEqual([]);
  });

  it.each([
    ['Turkey', '2022-05-31', 'TUR'],
    ['Turkey', '2022-06-01', null],
    ['Türkiye', '2022-06-01', 'TUR'],
    ['the former Yugoslav Republic of Macedonia', '2014-11-04', 'MKD'],
    ['North Macedonia', '2019-11-12', 'MKD'],
    ['Swaziland', '2018-04-18', 'SWZ'],
    ['Cape Verde', '2013-10-23', 'CPV'],
    ['Czech Republic', '2024-01-01', 'CZE'],
    ['Zaire', '2000-01-01', null],
    ['Viêt Nam', undefined, 'VNM'],
    ['Korea, Republic of', undefined, 'KOR'],
    ['DPR Korea', undefined, 'PRK'],
    ['Republic of Congo', undefined, 'COG'],
    ['Congo, the Democratic Republic of the', undefined, 'COD'],
    ['Federated States of Micronesia', undefined, 'FSM'],
    ['Saint-Siège', undefined, 'VAT'],
    ['Корея', undefined, null],
    ['Yugoslavia', undefined, null],
    ['European Union', undefined, null],
  ])('reads %s on %s as %s', (name, on, iso3) => {
    expect(names.resolve(name, { on })).toBe(iso3);
  });
});

describe('data/council-seats.json', () => {
  const groupOf = new Map(read<State>('states.json').map((s) => [s.iso3, s.groups[0]?.group]));

  it.each(['2014-07-01', '2019-07-01'])('fills the 47 seats by group on %s', (day) => {
    const seated = read<CouncilSeat>('council-seats.json').filter((seat) => holdsOn(seat, day));
    const count = (group: string) => seated.filter((s) => groupOf.get(s.state) === group).length;
    expect(['african', 'asia-pacific', 'eastern-european', 'grulac', 'weog'].map(count)).toEqual([
      13, 13, 6, 8, 7,
    ]);
    expect(new Set(seated.map(({ state }) => state)).size).toBe(47);
  });
});
