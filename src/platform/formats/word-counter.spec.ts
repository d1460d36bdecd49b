import { describe, expect, it } from '@jest/globals';
import { SEGMENTED_AT_MOST, WordCounter } from './word-counter.js';

const wordsOf = (text: string) => new WordCounter().count(text);

describe('WordCounter', () => {
  it.each([
    [2, 'human–rights N/A'],
    [2, '– 3.5% … of'],
    [1, 'cafe\u0301'],
    [2, 'one\u00A0two'],
    [2, 'права человека'],
    [2, 'حقوق الإنسان'],
    [2, '인권 이사회'],
    [2, '𝒜𝓃 ٣'],
    [0, ' \uFEFF – * … '],
  ])('counts %d where spaces part words: %j', (words, text) => {
    expect(wordsOf(text)).toBe(words);
  });

  it('counts words of the dictionary where they do not', () => {
    expect(wordsOf('第16/21号决议')).toBe(4);
    expect(wordsOf('人权')).toBe(1);
    expect(wordsOf('人权,和平。')).toBe(2);
    expect(wordsOf('สิทธิมนุษยชน')).toBeLessThan(5);
  });

  it('counts characters once a text is far longer than any limit', () => {
    const counter = new WordCounter();
    const long = counter.count('人权'.repeat(SEGMENTED_AT_MOST / 2));
    expect(long).toBeLessThan(SEGMENTED_AT_MOST);
    expect(counter.count('人权')).toBe(2);
  });
});
