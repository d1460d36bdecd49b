import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { movedTo, paragraphsOf } from './passages.rules.js';

const labels = (text: string, whole = true) =>
  paragraphsOf(text, { whole }).map(({ label, text: words }) => `${label}|${words}`);

describe('the paragraphs of a text', () => {
  it('bear the numbers that are printed, with all that follows', () => {
    const text = 'Title\n1. One.\nMore.\n2.\tTwo.\n2019 was bad.\n3) Three.';
    expect(labels(text)).toEqual([
      'front 1|Title',
      '1|1. One.\nMore.',
      '2|2.\tTwo.\n2019 was bad.',
      '3|3) Three.',
    ]);
  });

  it('are counted where there are none, and two in a row are none', () => {
    expect(labels('One.\n1. Two.\n2. Three.')).toEqual(['1|One.', '2|1. Two.', '3|2. Three.']);
    expect(labels('A line\nthat breaks.\nAnother.', false)).toEqual([
      '1|A line\nthat breaks.',
      '2|Another.',
    ]);
  });

  it('are slices of the text, in order, and leave no words out', () => {
    const line = fc.oneof(
      fc.string(),
      fc.nat(9).map((n) => `${n}. Words.`),
      fc.constant(''),
    );
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), (lines, whole) => {
        const text = lines.join('\n');
        const all = paragraphsOf(text, { whole });
        let last = 0;
        for (const { begins, ends, text: words } of all) {
          expect(begins).toBeGreaterThanOrEqual(last);
          expect(text.slice(begins, ends)).toBe(words);
          expect(text.slice(last, begins).trim()).toBe('');
          last = ends;
        }
        expect(text.slice(last).trim()).toBe('');
        expect(new Set(all.map(({ label }) => label)).size).toBe(all.length);
      }),
    );
  });
});

describe('a passage in a later text', () => {
  it('is where it was, elsewhere, or gone', () => {
    const passage = { begins: 4, quote: 'words' };
    expect(movedTo(passage, 'Own words')).toEqual({ now: 'same', from: 4, to: 9 });
    expect(movedTo(passage, 'words, words of one’s own')).toMatchObject({ now: 'moved', from: 7 });
    expect(movedTo(passage, 'Nothing')).toEqual({ now: 'gone', from: null, to: null });
  });
});
