import { describe, expect, it } from '@jest/globals';
import { comparisonLines, Tally } from './tally.js';

const compared = (ours: string, theirs: string) => {
  const tally = new Tally();
  tally.checkSame('letters', [...ours], [...theirs]);
  tally.checkOrder('in order', [...ours], [...theirs]);
  return tally.result();
};

describe('two lists side by side', () => {
  it('differ in nothing where they are the same', () => {
    expect(compared('abc', 'abc')).toEqual({
      counts: [
        { what: 'letters', equal: 3, of: 3 },
        { what: 'in order', equal: 3, of: 3 },
      ],
      differences: [],
    });
  });

  it('tell what is on one alone', () => {
    const { counts, differences } = compared('abx', 'abc');
    expect(counts[0]).toEqual({ what: 'letters', equal: 2, of: 4 });
    expect(differences).toEqual(['c: only in the report', 'x: not in the report']);
  });

  it.each([
    ['bcda', 'abcd', 3, ['a: number 4 here, comes first in the report']],
    ['adbc', 'abcd', 3, ['d: number 2 here, comes after c in the report']],
    ['dcba', 'abcd', 1, expect.any(Array)],
    ['badc', 'abcd', 2, expect.any(Array)],
  ])('count as many of %s as stand as in %s', (ours, theirs, equal, told) => {
    const { counts, differences } = compared(ours, theirs);
    expect(counts[1]).toEqual({ what: 'in order', equal, of: 4 });
    expect(differences).toEqual(told);
    expect(differences).toHaveLength(4 - equal);
  });

  it('are told in lines: the figures, then each difference', () => {
    expect(comparisonLines('Letters', compared('ab', 'ba'))).toEqual([
      'Letters: 2 of 2 letters, 1 of 2 in order',
      expect.stringMatching(/^Letters differs: /),
    ]);
  });
});
