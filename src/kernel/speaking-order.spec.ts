import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alphabetical, orderFrom, type Named } from './speaking-order.js';

const NAMES = ['Türkiye', 'Togo', 'Côte d’Ivoire', 'Costa Rica', 'Zambia', 'Andorra', 'Viet Nam'];
const speakers: Named[] = NAMES.map((name) => ({ key: name, name }));

const some = fc
  .uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 })
  .map((names) => names.map((name) => ({ key: name, name })));
const anywhere = fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom(...'ABCDEFGHIKLTVXZ'));

describe('the order of speakers', () => {
  it('is that of the English alphabet, accents apart', () => {
    expect(alphabetical(speakers)).toEqual([
      'Andorra',
      'Costa Rica',
      'Côte d’Ivoire',
      'Togo',
      'Türkiye',
      'Viet Nam',
      'Zambia',
    ]);
  });

  it.each([
    ['T', 'Togo'],
    ['U', 'Viet Nam'],
    ['A', 'Andorra'],
    ['Türkiye', 'Türkiye'],
    ['Uruguay', 'Viet Nam'],
    // Nobody stands behind it: round.
    ['Zimbabwe', 'Andorra'],
  ])('begins at %s with %s', (first, speaker) => {
    expect(orderFrom(speakers, first)[0]).toBe(speaker);
  });

  it('wraps, and leaves nobody out, whoever came first', () => {
    fc.assert(
      fc.property(some, anywhere, (on, first) => {
        const order = orderFrom(on, first);
        const sorted = alphabetical(on);
        const start = sorted.indexOf(order[0] ?? '');
        expect(order).toEqual([...sorted.slice(start), ...sorted.slice(0, start)]);
        expect(orderFrom(on.toReversed(), first)).toEqual(order);
      }),
    );
  });

  it('of nobody is empty', () => {
    expect(orderFrom([], 'K')).toEqual([]);
  });
});
