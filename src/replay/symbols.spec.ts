import { describe, expect, it } from '@jest/globals';
import { namesSymbol, readFileName } from './symbols.js';

describe('files named by symbol', () => {
  it.each([
    ['A_HRC_WG.6_34_SVN_1.txt', 'working-group', 34, 1, 'A/HRC/WG.6/34/SVN/1'],
    ['A_HRC_WG.6_7_SVN_2_Corr.1.txt', 'working-group', 7, 2, 'A/HRC/WG.6/7/SVN/2'],
    ['A_HRC_43_15.txt', 'council', 43, 15, 'A/HRC/43/15'],
    ['A_HRC_43_15_Add.1_Rev.1.txt', 'council', 43, 15, 'A/HRC/43/15/Add.1'],
    ['A_HRC_DEC_43_112.txt', 'decision', 43, 112, 'A/HRC/DEC/43/112'],
  ])('%s', (file, series, session, number, document) => {
    expect(readFileName(file)).toMatchObject({ series, session, number, document });
  });

  it('leaves other files alone', () => {
    expect(readFileName('cycle2-AdvancedQuestions.txt')).toBeUndefined();
    expect(readFileName('A_HRC_WG.6_34_SVN_7.txt')).toBeUndefined();
  });
});

describe('a symbol named in a text', () => {
  it('is found alone, with an addendum, or broken over a line', () => {
    expect(namesSymbol('1   A/HRC/43/15.', 'A/HRC/43/15')).toBe(true);
    expect(namesSymbol('(A/HRC/43/15/Add.1 and', 'A/HRC/43/15')).toBe(true);
    expect(namesSymbol('(A/HRC/\n   43/15)', 'A/HRC/43/15')).toBe(true);
  });

  it('is not its longer neighbour', () => {
    expect(namesSymbol('A/HRC/43/150, A/HRC/43/15/2', 'A/HRC/43/15')).toBe(false);
  });
});
