import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { weighWords, type Weights } from './weights.rules.js';
import { stemOf, wordsOf } from './words.rules.js';

const WEIGHTS: Weights = {
  from: 0.4,
  codes: {
    schools: { bias: -3, stems: { school: 4, pupils: 2, prison: -5 } },
    prisons: { bias: -3, stems: { prison: 4 } },
    anything: { bias: 2, stems: {} },
  },
};
const weigh = (text: string) => weighWords(WEIGHTS, wordsOf(text));

describe('words are weighed', () => {
  it('by their stems, the likeliest code first, with the words that spoke for it', () => {
    expect(weigh('Build a school for all pupils')).toEqual([
      { code: 'schools', likelihood: expect.closeTo(0.95), words: ['school', 'pupils'] },
      { code: 'anything', likelihood: expect.closeTo(0.88), words: [] },
    ]);
  });

  it('against each other', () => {
    expect(weigh('A school in a prison').map(({ code }) => code)).toEqual(['anything', 'prisons']);
  });

  it('so that a word that speaks for a code never makes it less likely', () => {
    const likelihood = (text: string) =>
      weighWords({ ...WEIGHTS, from: 0 }, wordsOf(text)).find(({ code }) => code === 'schools')!
        .likelihood;
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(likelihood(`${text} school`)).toBeGreaterThanOrEqual(likelihood(text));
      }),
    );
  });

  it('and say nothing but what they know', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { code, likelihood, words } of weigh(text)) {
          expect(likelihood).toBeGreaterThanOrEqual(0.4);
          const known = new Map(
            Object.entries(new Map(Object.entries(WEIGHTS.codes)).get(code)!.stems),
          );
          expect(words.every((word) => known.get(stemOf(word))! > 0)).toBe(true);
        }
      }),
    );
  });
});
