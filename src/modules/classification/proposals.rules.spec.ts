import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inProject } from '../../config/project-root.js';
import { loadMethods, loadVocabularies } from './load-methods.js';
import { FACETS, proposing, type Facet, type Method } from './proposals.rules.js';
import { wordsOf } from './words.rules.js';

const folder = inProject('mechanisms/classification');
const [method] = loadMethods(folder) as [Method];
const propose = proposing(method);
function codes(text: string, facet: Facet): string[] {
  const said = propose(text)[facet];
  return said.map(({ code }) => code).toSorted();
}

describe('what is proposed for a recommendation', () => {
  it.each<[Facet, string, string[]]>([
    ['themes', 'Build ten primary schools', ['education']],
    ['themes', 'Abolish the death penalty', ['death-penalty']],
    ['themes', 'Combat trafficking in fishermen', ['trafficking']],
    ['affectedPersons', 'Protect stateless persons', ['non-citizens', 'stateless-persons']],
    [
      'affectedPersons',
      'Improve the situation of persons with disabilities',
      ['persons-with-disabilities'],
    ],
    ['sdgGoals', 'Guarantee drinking water on every island', ['6']],
    ['sdgGoals', 'Build ten primary schools', ['4']],
    ['sdgTargets', 'Reach target 4.1 and targets 16.a', ['16.a', '4.1']],
    ['sdgGoals', 'Reach target 14.5', ['14']],
    ['sdgTargets', 'Build 4.1 kilometres of road', []],
    ['themes', 'Construire dix phares', []],
  ])('%s: %s', (facet, text, expected) => {
    expect(codes(text, facet)).toEqual(expected);
  });

  it('has words and a confidence', () => {
    const [school] = propose('Build ten primary schools').themes;
    expect(school).toEqual({ code: 'education', confidence: 0.94, words: ['schools'] });
    const [category] = propose('Ratify it').category;
    expect(category).toEqual({ code: '5', confidence: 0.85, words: ['ratify'] });
  });

  it('is of the vocabularies, of words that stand there, and the same each time', () => {
    const terms = FACETS.flatMap((facet) =>
      method.vocabularies[facet].codes.flatMap(({ terms: some = [] }) => some),
    ).map((term) => term.replaceAll('*', ''));
    const part = fc.oneof(fc.constantFrom(...terms), fc.string());
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join(' ');
        const said = propose(text);
        expect(propose(text)).toEqual(said);
        const words = new Set(wordsOf(text));
        for (const facet of FACETS) {
          const known = method.vocabularies[facet].codes.map(({ code }) => code);
          for (const { code, confidence, words: led } of said[facet]) {
            expect(known).toContain(code);
            expect(confidence).toBeGreaterThanOrEqual(0);
            expect(confidence).toBeLessThanOrEqual(1);
            expect(led.length).toBeGreaterThan(0);
            for (const word of led.flatMap((each) => each.split(' ')))
              expect(words).toContain(word);
          }
          expect(new Set(said[facet].map(({ code }) => code)).size).toBe(said[facet].length);
        }
        expect(said.category.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a method whose themes are learnt', () => {
  const issues = loadVocabularies(folder).find(
    ({ vocabulary }) => vocabulary === 'upr-info-issues',
  )!;
  const learnt = proposing({ ...method, vocabularies: { ...method.vocabularies, themes: issues } });

  it('proposes by weights, each as likely as they make it', () => {
    const first = learnt('Abolish the death penalty in all circumstances').themes.at(0)!;
    expect(first.code).toBe('death-penalty');
    expect(first.confidence).toBeGreaterThan(0.9);
    expect(first.words).toContain('death');
  });

  it('has no weights but of stems', () => {
    const { codes: weights } = new Map(Object.entries(method.weights)).get('upr-info-issues')!;
    expect(Object.keys(weights).toSorted()).toEqual(
      issues.codes.map(({ code }) => code).toSorted(),
    );
    const stems = Object.values(weights).flatMap((each) => Object.keys(each.stems));
    expect(stems.filter((stem) => !/^\p{L}{1,6}$/u.test(stem))).toEqual([]);
  });
});
