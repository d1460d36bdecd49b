import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { choiceRefused, choicesOf, pickFault, type PoolMember, type Round } from './choices.js';

const GROUPS = ['african', 'asia-pacific', 'eastern-european', 'grulac', 'weog'];
const group = fc.option(fc.constantFrom(...GROUPS), { freq: 9 });
const pool: fc.Arbitrary<PoolMember[]> = fc
  .uniqueArray(fc.constantFrom(...'ABCDEFGHIJKLMNOP'), { minLength: 1, maxLength: 14 })
  .chain((keys) =>
    fc.tuple(...keys.toSorted().map((key) => fc.record({ key: fc.constant(key), group }))),
  );
const round: fc.Arbitrary<Round> = fc.record({
  for: fc.constant(null),
  seats: fc.integer({ min: 1, max: 3 }),
  excluded: fc.subarray([...'ABCDEFGH'], { maxLength: 4 }),
  groupsTaken: fc.subarray(GROUPS, { maxLength: 2 }),
  groupForced: fc.option(fc.constantFrom(...GROUPS), { freq: 2 }),
});

/** Every set of so many members, whatever they are. */
function* subsets(keys: readonly string[], size: number): Generator<string[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [index, key] of keys.entries()) {
    for (const rest of subsets(keys.slice(index + 1), size - 1)) yield [key, ...rest];
  }
}

const free: Round = { for: null, seats: 3, excluded: [], groupsTaken: [], groupForced: null };
const of = (groups: Record<string, string | null>): PoolMember[] =>
  Object.entries(groups).map(([key, each]) => ({ key, group: each }));

describe('choices', () => {
  it('are all those that keep every constraint, each once, and no other', () => {
    fc.assert(
      fc.property(pool, round, (members, rule) => {
        const all = [
          ...subsets(
            members.map(({ key }) => key),
            rule.seats,
          ),
        ];
        const valid = all.filter((picked) => pickFault(members, rule, picked) === null);
        expect([...choicesOf(members, rule)]).toEqual(valid);
        expect(choiceRefused(members, rule) === null).toBe(valid.length > 0);
      }),
      { numRuns: 300 },
    );
  });

  it('cannot be made where there are fewer groups than seats, and name the groups', () => {
    const members = of({ A: 'grulac', B: 'grulac', C: 'african', D: null, E: 'weog' });
    expect(choiceRefused(members, { ...free, for: 'SVN', excluded: ['E'] })).toEqual({
      code: 'lot-groups-too-few',
      facts: { for: 'SVN', seats: 3, groups: ['african', 'grulac'] },
    });
    expect(choiceRefused(members, { ...free, groupsTaken: ['weog'], seats: 2 })).toBeNull();
  });

  it('cannot keep a seat for a group of which nobody can be drawn', () => {
    const members = of({ A: 'grulac', B: 'african', C: 'weog', D: 'eastern-european' });
    const own = { ...free, for: 'D', excluded: ['D'], groupForced: 'eastern-european' };
    expect(choiceRefused(members, own)).toEqual({
      code: 'lot-group-empty',
      facts: { for: 'D', group: 'eastern-european', groups: ['african', 'grulac', 'weog'] },
    });
  });

  it('that were made by hand show their first fault', () => {
    const members = of({ A: 'grulac', B: 'grulac', C: 'african', D: 'weog', E: null, F: 'weog' });
    const because = (picked: string[], more: Partial<Round> = {}) =>
      pickFault(members, { ...free, ...more }, picked)?.because;
    expect(because(['A', 'C'])).toBe('number');
    expect(because(['A', 'C', 'C'])).toBe('repeated');
    expect(because(['A', 'C', 'D'], { excluded: ['D'] })).toBe('excluded');
    expect(because(['A', 'C', 'Z'])).toBe('outside-pool');
    expect(because(['A', 'C', 'E'])).toBe('no-group');
    expect(because(['A', 'B', 'C'])).toBe('same-group');
    expect(because(['A', 'C'], { seats: 2, groupsTaken: ['african'] })).toBe('same-group');
    expect(because(['A', 'C'], { seats: 2, groupForced: 'weog' })).toBe('group-missing');
    expect(because(['D', 'C', 'A'], { groupForced: 'weog' })).toBeUndefined();
  });
});
