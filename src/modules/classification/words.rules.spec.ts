import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findTerms, joinWords, stemOf, wordsOf } from './words.rules.js';

describe('the words of a text', () => {
  it.each([
    ['Ratify, at once!', ['ratify', 'at', 'once']],
    ["Slovenia’s and women's rights", ['slovenia', 'and', 'women', 'rights']],
    ['non-discrimination', ['non', 'discrimination']],
    ['Égalité  d’accès', ['egalite', 'd', 'acces']],
    ['target 5.2', ['target', '5', '2']],
    ['', []],
  ])('%j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('are the same, however it is spaced and capitalised', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 12 }), (words) => {
        expect(wordsOf(`  ${words.join('\n \t').toUpperCase()}.`)).toEqual(words);
      }),
    );
  });

  it('have stems of a few letters', () => {
    expect(stemOf('educational')).toBe(stemOf('education'));
    expect(stemOf('law')).toBe('law');
  });
});

describe('terms', () => {
  const find = findTerms(['person* with disabilit*', 'water', 'drinking water', 'non-refoulement']);
  const found = (text: string) => find(joinWords(wordsOf(text)));

  it('are whole words, or begin as a star says', () => {
    expect(found('Persons with disabilities')).toEqual(['persons with disabilities']);
    expect(found('a waterfall')).toEqual([]);
    expect(found('the principle of non-refoulement')).toEqual(['non refoulement']);
  });

  it('are found once each, the longest that fits', () => {
    expect(found('Drinking water, water and water')).toEqual(['drinking water', 'water']);
  });

  it('are none where there are none', () => {
    expect(findTerms([])(joinWords(['water']))).toEqual([]);
  });

  it('are found wherever they stand', () => {
    const word = fc.stringMatching(/^[a-z]{1,9}$/);
    fc.assert(
      fc.property(fc.array(word), fc.array(word), (before, after) => {
        expect(find(joinWords([...before, 'drinking', 'water', ...after]))).toContain(
          'drinking water',
        );
      }),
    );
  });
});
