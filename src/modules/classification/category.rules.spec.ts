import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inProject } from '../../config/project-root.js';
import { readCategories, type CategoryRules } from './category.rules.js';
import { loadMethods } from './load-methods.js';

const RULES: CategoryRules = {
  skipped: ['recommended'],
  opening: ['in', 'while'],
  carriers: ['commit to'],
  verbs: {
    2: ['continue'],
    3: ['consider', 'give consideration'],
    4: ['strengthen', 'give', 'ensure'],
    5: ['adopt', 'ratify', 'implement', 'stop'],
  },
  objects: [
    { category: '4', verbs: ['adopt'], objects: ['measures'] },
    { category: '5', verbs: ['strengthen'], objects: ['law'] },
  ],
  examples: { by: ['by'], of: '4', counts: '5', as: '5' },
};
const read = readCategories(RULES);

describe('the category of action', () => {
  it.each([
    ['is of the first verb', 'Ratify the treaty and ensure its use', '5', ['ratify']],
    ['also in another form', 'Stopping all work', '5', ['stopping']],
    [
      'is of a phrase rather than of its first word',
      'Give consideration to it',
      '3',
      ['give consideration'],
    ],
    [
      'is of the second of two joined verbs',
      'Strengthen and implement the plan',
      '5',
      ['implement'],
    ],
    ['joined by commas and adverbs too', 'Strengthen, and fully implement, it', '5', ['implement']],
    [
      'but of the first, where that only considers or continues',
      'Consider and adopt it',
      '3',
      ['consider'],
    ],
    [
      'is more general with an object that is',
      'Adopt further measures',
      '4',
      ['adopt', 'measures'],
    ],
    ['is more specific with one that is', 'Strengthen the law', '5', ['strengthen', 'law']],
    ['looks no farther than the object', 'Adopt it to take measures', '5', ['adopt']],
    [
      'is specific with a specific example',
      'Ensure equality, also by adopting it',
      '5',
      ['ensure', 'by', 'adopting'],
    ],
    ['not with a general one', 'Ensure equality by strengthening it', '4', ['ensure']],
    ['is found behind a clause', 'In view of that, continue', '2', ['continue']],
    ['behind what leads to it', 'Commit to ratify it', '5', ['ratify']],
    ['and behind who says it', 'It recommended to adopt it', '5', ['adopt']],
  ])('%s: %s', (_, text, category, words) => {
    expect(read(text)).toEqual({ category, words });
  });

  it.each([[''], ['42'], ['The treaties of the region'], ['Ratifier la convention']])(
    'is none of %j',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  it('is one of the rules’ own, of words that stand in the text, whatever the text', () => {
    const known = 'and by , measures law the in commit ratifying “ 7'
      .split(' ')
      .concat(Object.values(RULES.verbs).flat());
    const word = fc.constantFrom(...known);
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string())), (words) => {
        const text = words.join(' ');
        const found = read(text);
        if (!found) return;
        expect(Object.keys(RULES.verbs)).toContain(found.category);
        const lower = text.normalize('NFKD').toLowerCase();
        for (const said of found.words.flatMap((each) => each.split(' ')))
          expect(lower).toContain(said);
      }),
    );
  });
});

/** Invented, as States write. */
describe('the category of action by the rules of the Universal Periodic Review', () => {
  const method = loadMethods(inProject('mechanisms/classification')).at(0)!;
  const upr = readCategories(method.category);
  it.each([
    ['1', 'Share its experience of village schools with its neighbours'],
    ['1', 'Seek technical assistance from the Office for its census'],
    ['1', 'Call on the international community to support island States'],
    ['2', 'Continue the reform of its nurseries'],
    ['2', 'Further pursue the dialogue with fishing communities'],
    ['2', 'Maintain the moratorium'],
    ['3', 'Consider ratifying the Optional Protocol'],
    ['3', 'Examine the possibility of lowering school fees'],
    ['3', 'Give favourable consideration to a visit'],
    ['4', 'Take the necessary measures to protect beekeepers'],
    ['4', 'Strengthen its efforts against child labour in quarries'],
    ['4', 'Step up the fight against river pollution'],
    ['4', 'Recommended that Ruritania ensure equal pay'],
    ['4', 'Adopt all necessary measures against hunger'],
    ['5', 'Ratify the Convention on inland waters'],
    ['5', 'Abolish corporal punishment in boarding schools'],
    ['5', 'Establish an independent ombudsman'],
    ['5', 'In line with its pledge, amend the Press Act'],
    ['5', 'Develop and adopt a plan for lighthouses'],
    ['5', 'Improve prisons, including by closing the old fortress'],
    ['5', 'Seek to become a party to the Rome Statute'],
  ])('%s: %s', (expected, text) => {
    expect(upr(text)?.category).toBe(expected);
  });
});
