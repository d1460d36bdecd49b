import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comparedStates, confirmedRepeats, likelyRepeats, sameWords } from './repeats.rules.js';

const EARLIER = [
  'Ratify the Convention on lighthouses',
  'Continue its efforts to build primary schools on all islands',
  'Continue its efforts to end child labour in quarries',
  'Strengthen the independence of its judges',
  'Adopt a plan against river pollution',
].map((text, at) => ({ id: `${at}`, text }));
const likely = (text: string) => likelyRepeats(text, EARLIER).map(({ id }) => id);

describe('the recommendations that a text may repeat', () => {
  it('have the same words, or many of them that are rare', () => {
    expect(likely('Ratify the convention on lighthouses.')).toEqual(['0']);
    expect(
      likelyRepeats('RATIFY the Convention on Lighthouses', EARLIER).at(0)!.similarity,
    ).toBeCloseTo(1);
    expect(likely('As recommended before, build primary schools on all its islands')).toEqual([
      '1',
    ]);
  });

  it('are not those that share what every recommendation says', () => {
    expect(likely('Continue its efforts to protect beekeepers')).toEqual([]);
    expect(likely('')).toEqual([]);
    expect(likelyRepeats('Ratify it', [])).toEqual([]);
  });

  const text = fc
    .array(
      fc.constantFrom(...'ratify the school river judge island plan child adopt end'.split(' ')),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    .map((words) => words.join(' '));
  it('are a few at most, in order, each at most as like as the same words', () => {
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 30 }), (own, others) => {
        const earlier = others.map((each, at) => ({ id: `${at}`, text: each }));
        const found = likelyRepeats(own, earlier);
        expect(found.length).toBeLessThanOrEqual(5);
        const all = found.map(({ similarity }) => similarity);
        expect(all).toEqual(all.toSorted((a, b) => b - a));
        expect(all.every((each) => each > 0 && each <= 1)).toBe(true);
        const same = earlier.some((each) => sameWords(each.text, own));
        expect(!same || all.at(0)! > 0.999).toBe(true);
      }),
    );
  });
});

describe('States that recommend again', () => {
  it.each([
    [['FRA'], ['FRA'], 'same'],
    [['FRA', 'KEN'], ['KEN', 'FRA'], 'same'],
    [['FRA', 'KEN'], ['KEN'], 'some'],
    [['KEN'], ['FRA', 'KEN'], 'some'],
    [['BRA'], ['FRA', 'KEN'], 'other'],
    [['BRA'], [], null],
    [[], ['BRA'], null],
  ])('%j after %j: %s', (now, before, expected) => {
    expect(comparedStates(now, before)).toBe(expected);
  });
});

describe('confirmed repeats', () => {
  it('are those that were decided so last', () => {
    const decision = fc.record({ ofId: fc.constantFrom('a', 'b', 'c'), repeats: fc.boolean() });
    fc.assert(
      fc.property(fc.array(decision), (decisions) => {
        const expected = ['a', 'b', 'c'].filter(
          (id) => decisions.findLast(({ ofId }) => ofId === id)?.repeats,
        );
        expect(confirmedRepeats(decisions)).toEqual(expected);
      }),
    );
  });
});
