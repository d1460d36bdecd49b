import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { inProject } from '../../src/config/project-root.js';
import { learnWeights } from '../../src/measure/learn-weights.js';
import { measureClassification } from '../../src/measure/measure-classification.js';
import { measure } from '../../src/measure/measure.js';
import { hasLabelled, readLabelled } from '../../src/measure/read-labelled.js';
import { majority, mistaken, score } from '../../src/measure/score.js';
import { weighWords, wordsOf } from '../../src/modules/classification/index.js';
import { inventLabelled } from './labelled.js';

describe('the measure, of invented labels', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await inventLabelled();
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('reads the same text once, with all of its States and the label that it has most often', () => {
    const { export: rows, lists } = readLabelled(folder);
    const shared = rows.find(({ text }) => wordsOf(text)[0] === 'mend')!;
    expect(shared.states).toEqual(['State 1', 'State 2', 'State 3']);
    expect([...shared.labels['action']!]).toEqual(['5']);
    expect(rows).toHaveLength(161);
    expect(lists.map(({ text }) => text)).toEqual(Array(2).fill('Build schools for all girls'));
  });

  it('judges nothing by what it learnt from the same State', () => {
    const measured = measure(inProject('mechanisms/classification'), readLabelled(folder));
    expect(measured.category.read.length + measured.category.unread.length).toBe(161);
    expect(score(measured.category.unread).micro.recall).toBeGreaterThan(0.9);
    // `Other` has one text only: whoever had learnt from it would find it.
    const other = score(measured.issues).codes.find(({ code }) => code === 'other')!;
    expect(other).toMatchObject({ support: 1, right: 0 });
    const { f1 } = score(measured.issues).micro;
    expect(f1).toBeGreaterThan(0.9);
    expect(measured.unknown).toEqual(['A theme of nobody']);
  });

  it('tells all of it, and no sentence', () => {
    const { report } = measureClassification(folder);
    expect(report).toContain('| category |');
    expect(report).toContain('macro F1');
    expect(report).toContain('A theme of nobody');
    expect(report).not.toContain('fishing villages');
  });

  it('says that a folder has no such data', () => {
    expect(hasLabelled(inProject('src'))).toBe(false);
    expect(() => measureClassification(inProject('src'))).toThrow('labelled data');
  });
});

describe('scores', () => {
  const set = (codes: string) => new Set(codes);
  it('are those of the textbook', () => {
    const judged = [
      { said: set('ab'), is: set('a') },
      { said: set('b'), is: set('b') },
      { said: set(''), is: set('a') },
    ];
    expect(score(judged)).toMatchObject({
      texts: 3,
      exact: 1,
      micro: { precision: 2 / 3, recall: 2 / 3, f1: expect.closeTo(2 / 3) },
      macroF1: expect.closeTo(2 / 3),
    });
    expect(majority(judged).codes[0]).toMatchObject({ code: 'a', said: 3, right: 2 });
    expect(mistaken([{ said: set('b'), is: set('a') }], 5)).toEqual(['a → b (1)']);
  });

  it('stay between nothing and all', () => {
    const codes = fc.uniqueArray(fc.constantFrom('a', 'b', 'c')).map((some) => new Set(some));
    fc.assert(
      fc.property(fc.array(fc.record({ said: codes, is: codes })), (judged) => {
        const { micro, macroF1, exact } = score(judged);
        for (const each of [...Object.values(micro), macroF1]) {
          expect(each).toBeGreaterThanOrEqual(0);
          expect(each).toBeLessThanOrEqual(1);
        }
        const same = judged.map(({ is }) => ({ said: is, is }));
        expect(score(same).exact).toBe(judged.length);
        expect(exact).toBeLessThanOrEqual(judged.length);
      }),
    );
  });
});

describe('weights', () => {
  it('are learnt of words that tell, from many States, and are the same each time', () => {
    const examples = Array.from({ length: 300 }, (_, at) => ({
      text: at % 3 === 0 ? `Open a harbour number ${at}` : `Open a school`,
      states: [`State ${at % 60}`],
      codes: new Set(at % 3 === 0 ? ['harbours'] : ['schools']),
    }));
    const weights = learnWeights(examples, ['harbours', 'schools']);
    expect(learnWeights(examples, ['harbours', 'schools'])).toEqual(weights);
    const said = (text: string) => weighWords(weights, wordsOf(text)).map(({ code }) => code);
    expect(said('A harbour')).toEqual(['harbours']);
    expect(said('A school')).toEqual(['schools']);
    const few = examples.map((each) => ({ ...each, states: ['State 1'] }));
    expect(Object.keys(learnWeights(few, ['harbours']).codes['harbours']!.stems)).toEqual([]);
  });
});
