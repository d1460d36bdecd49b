import { describe, expect, it } from '@jest/globals';
import { compareLabels, labelParagraph, listLabels } from './labels.js';

describe('labels', () => {
  it('are ordered by their numbers, not as decimals or text', () => {
    const labels = ['140.10', '140.9', '60.12.3', '140.1', '60.12', '9.1'];
    expect(labels.toSorted(compareLabels)).toEqual([
      '9.1',
      '60.12',
      '60.12.3',
      '140.1',
      '140.9',
      '140.10',
    ]);
  });

  it('keep a place when damaged, beside the whole label', () => {
    expect(['78.16', '78.15..1', '78.15.1', '78.15'].toSorted(compareLabels)).toEqual([
      '78.15',
      '78.15..1',
      '78.15.1',
      '78.16',
    ]);
  });

  it('hang under a paragraph, unless bare', () => {
    expect(labelParagraph('78.15..1')).toBe(78);
    expect(labelParagraph('4')).toBeUndefined();
  });

  it('are listed in order, and counted where there are many', () => {
    expect(listLabels(['1.10', '1.2', '1.1'], 2)).toBe('1.1, 1.2 and 1 more');
  });
});
