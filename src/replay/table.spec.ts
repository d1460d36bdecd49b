import { describe, expect, it } from '@jest/globals';
import { asJson, compare, table } from './table.js';

const expected = {
  documents: 6,
  recommendations: 215,
  supported: 182,
  noted: 33,
  recommendingStates: 81,
};

describe('the outcome of a replay', () => {
  it('is exact when nothing differs', () => {
    expect(compare(expected, { ...expected })).toEqual([]);
  });

  it('names each difference, in the table too', () => {
    const published = { ...expected, supported: 181, noted: 34 };
    expect(compare(expected, published)).toEqual([
      { measure: 'supported', expected: 182, published: 181 },
      { measure: 'noted', expected: 33, published: 34 },
    ]);
    expect(table(expected, published)).toBe(
      [
        '                      expected  published',
        'documents                    6          6',
        'recommendations            215        215',
        '  supported                182        181   -1',
        '  noted                     33         34   +1',
        'recommending States         81         81',
      ].join('\n'),
    );
  });

  it('is one object with nothing else in it', () => {
    const published = { ...expected, extra: 1 };
    expect(JSON.parse(asJson(expected, published))).toEqual({ expected, published: expected });
  });
});
