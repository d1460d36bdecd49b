import { describe, expect, it } from '@jest/globals';
import { outdating, type Withdrawn } from './withdrawn.rules.js';

const withdrawn = (name: string | null, at = '2027-05-06T12:00:00Z'): Withdrawn => {
  return { id: 'w', kind: 'recommendation', itemId: 'i', at: new Date(at), name };
};
const written = (text: string, at = '2027-05-06T11:00:00Z') => {
  return { id: text, text, writtenAt: new Date(at) };
};

describe('what was withdrawn', () => {
  it.each([
    ['It accepted 6.12.', true],
    ['It accepted 6.12, and others.', true],
    ['(6.12)', true],
    ['It accepted 6.121.', false],
    ['It accepted 16.12.', false],
    ['It accepted 6.12.1.', false],
    ['It accepted all.', false],
  ])('by its label, in %j: %s', (text, found) => {
    const [told] = outdating([withdrawn('6.12')], [written(text)]);
    expect(told).toMatchObject({ namedIn: found ? [text] : [], before: [text] });
  });

  it('by its symbol, whatever signs are in it', () => {
    const texts = [
      'See A/HRC/50/3.',
      'See A/HRC/50/34.',
      'See A/HRC/50/3/Add.1.',
      'See BA/HRC/50/3',
    ];
    const [told] = outdating(
      [withdrawn('A/HRC/50/3')],
      texts.map((text) => written(text)),
    );
    expect(told?.namedIn).toEqual(['See A/HRC/50/3.']);
  });

  it('is nothing to what was written since, and has to be read for where it has no name', () => {
    const later = written('On 6.12', '2027-05-06T13:00:00Z');
    expect(outdating([withdrawn('6.12')], [later])).toEqual([]);
    const [told] = outdating([withdrawn(null)], [written('A quotation'), later]);
    expect(told).toMatchObject({ namedIn: [], before: ['A quotation'] });
  });
});
