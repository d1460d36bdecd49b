import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FACETS, type Facet, type Method } from './proposals.rules.js';
import {
  decisionOf,
  standingOf,
  type DecidedFacets,
  type ProposedFacets,
  type Said,
} from './standing.rules.js';

const CODES = ['a', 'b', 'c'];
const at = new Date('2027-05-03T09:00:00Z');
const method = {
  vocabularies: Object.fromEntries(
    FACETS.map((facet) => [
      facet,
      { vocabulary: `v-${facet}`, codes: CODES.map((code) => ({ code })) },
    ]),
  ),
} as unknown as Method;
const proposedFacets = (codes: readonly string[]) =>
  Object.fromEntries(
    FACETS.map((facet) => [
      facet,
      {
        vocabulary: `v-${facet}`,
        values: codes.map((code) => ({ code, confidence: 1, words: ['x'] })),
      },
    ]),
  ) as unknown as ProposedFacets;
const machine = (n: number, codes: readonly string[]): Said => ({
  n,
  by: 'machine',
  side: null,
  at,
  method: 1,
  facets: proposedFacets(codes),
});
const human = (n: number, facets: DecidedFacets): Said => ({
  n,
  by: 'human',
  side: 'secretariat:upr',
  at,
  method: null,
  facets,
});
const decided = (facet: Facet, codes: readonly string[]): DecidedFacets => ({
  [facet]: { vocabulary: `v-${facet}`, codes },
});

describe('what stands of a recommendation', () => {
  it('is nothing before it was read', () => {
    expect(standingOf('upr', [])).toBeNull();
  });

  it('is what a machine proposes, marked as its', () => {
    expect(standingOf('upr', [machine(1, ['a'])])).toMatchObject({
      method: { mechanism: 'upr', version: 1 },
      themes: { vocabulary: 'v-themes', codes: ['a'], by: 'machine' },
    });
  });

  it('is what people decided, also nothing, and the machine’s where they did not', () => {
    const acts = [
      machine(1, ['a']),
      human(2, { ...decided('category', ['c']), ...decided('themes', []) }),
    ];
    expect(standingOf('upr', acts)).toMatchObject({
      category: { codes: ['c'], by: 'human' },
      themes: { codes: [], by: 'human' },
      sdgGoals: { codes: ['a'], by: 'machine' },
    });
  });

  const codes = fc.uniqueArray(fc.constantFrom(...CODES));
  const act = fc.oneof(
    codes.map((some) => ({ by: 'machine' as const, some, facet: 'themes' as Facet })),
    fc.record({
      by: fc.constant('human' as const),
      some: codes,
      facet: fc.constantFrom(...FACETS),
    }),
  );
  it('is never the machine’s again, once people have decided', () => {
    fc.assert(
      fc.property(codes, fc.array(act), (first, later) => {
        const acts = [
          machine(1, first),
          ...later.map(({ by, some, facet }, index) =>
            by === 'machine' ? machine(index + 2, some) : human(index + 2, decided(facet, some)),
          ),
        ];
        const stands = standingOf('upr', acts)!;
        for (const facet of FACETS) {
          const last = later.findLast((each) => each.by === 'human' && each.facet === facet);
          const proposal = later.findLast((each) => each.by === 'machine')?.some ?? first;
          const expected = last
            ? { codes: last.some, by: 'human' }
            : { codes: proposal, by: 'machine' };
          expect(stands[facet]).toMatchObject(expected);
        }
      }),
    );
  });
});

describe('a decision', () => {
  const proposals = proposedFacets(['a', 'b']);
  it('is of the facets that are named, and takes proposals that are accepted', () => {
    expect(decisionOf(method, { themes: ['c', 'c'], accept: ['category'] }, proposals)).toEqual({
      facets: { ...decided('themes', ['c']), ...decided('category', ['a', 'b']) },
    });
  });

  it('is refused for codes that the vocabulary has not, and says which', () => {
    expect(decisionOf(method, { themes: ['c', 'x', 'y'] }, proposals)).toEqual({
      code: 'code-unknown',
      facts: { facet: 'themes', vocabulary: 'v-themes', codes: ['x', 'y'] },
    });
  });

  it('speaks of nothing else', () => {
    const given = fc.dictionary(fc.constantFrom(...FACETS), fc.array(fc.constantFrom(...CODES)));
    fc.assert(
      fc.property(given, fc.uniqueArray(fc.constantFrom(...FACETS)), (named, accept) => {
        const outcome = decisionOf(method, { ...named, accept }, proposals);
        if (!('facets' in outcome)) throw new Error(outcome.code);
        const spoken = new Set([...Object.keys(named), ...accept]);
        expect(new Set(Object.keys(outcome.facets))).toEqual(spoken);
      }),
    );
  });
});
