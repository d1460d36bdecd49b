import { describe, expect, it } from '@jest/globals';
import { findInLists, readLists } from './report-lists.js';

const section = (...lines: string[]) =>
  readLists(['Contents', 'II. Conclusions and/or recommendations ...... 111', ...lines]);
const HEADING = '   II.  Conclusions and/or recommendations**';

describe('lists of a Working Group report', () => {
  it('are told apart by their leads', () => {
    const lists = section(
      HEADING,
      '121. The recommendations listed below have been examined by X',
      'and enjoy the support of X:',
      '   121.1   Ratify (France);',
      '   121.2   Sign by',
      '   2030. And more (Peru);',
      '122. The following recommendations will be examined by X, which will respond in time:',
      '   122.1.  Consider whether to support it (Chad).',
      '123. The recommendations below did not enjoy the support of X:',
      '   123.1   Leave (Oman)',
      '124. The following recommendations have been examined by X and have been noted by X:',
      '   124.1..2   Stay (Fiji)',
      '125. All conclusions and/or recommendations contained in the present report reflect',
      'Annex',
      '   121.9   Not a recommendation',
    );
    expect(lists.map(({ paragraph, standing, labels }) => [paragraph, standing, labels])).toEqual([
      [121, 'supported', ['121.1', '121.2']],
      [122, 'pending', ['122.1']],
      [123, 'noted', ['123.1']],
      [124, 'noted', ['124.1..2']],
      [125, undefined, []],
    ]);
  });

  it('may count their items bare, past the number of the next paragraph', () => {
    const items = Array.from({ length: 7 }, (_, i) => `   ${i + 1}.   Do it (France);`);
    const [list, next] = section(
      HEADING,
      '4. The recommendations will be examined by X:',
      ...items,
      '5. All conclusions and/or recommendations reflect the position of',
    );
    expect(list?.labels).toEqual(['4.1', '4.2', '4.3', '4.4', '4.5', '4.6', '4.7']);
    expect(next?.paragraph).toBe(5);
  });

  it('may be answered by the paragraph after them', () => {
    const [list] = section(
      HEADING,
      '60. In the discussion the following recommendations were made:',
      '   1.  Ratify (France);',
      '61. The response to these recommendations will be included in the outcome report.',
    );
    expect(list?.standing).toBe('pending');
  });

  it('are none without the section', () => {
    expect(section('121. Text')).toEqual([]);
  });

  it('give a bare label its whole form, if only one list can mean it', () => {
    const lists = section(
      HEADING,
      '60. These enjoy the support of X:',
      '1.  A (France)',
      '2.  B (France)',
      '61. These did not enjoy the support of X, all recommendations being weighed:',
      '61.1  C (France)',
    );
    expect(findInLists('2', lists)?.whole).toBe('60.2');
    expect(findInLists('1', lists)).toBeUndefined();
  });
});
