import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StartRefused } from '../../config/start-refused.js';
import { labelOf, readVocabularies } from './labels.js';

describe('a file of labels', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-labels-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const written = async (text: string): Promise<string> => {
    const file = path.join(folder, 'labels.yaml');
    await writeFile(file, text);
    return file;
  };

  it('that is not there has none', () => {
    expect(readVocabularies(path.join(folder, 'nowhere.yaml'))).toEqual({});
  });

  it('has for each vocabulary its codes, and for each code its languages', async () => {
    const file = await written('stages:\n  ready:\n    en: Ready\n    fr: Prêt\n');
    expect(readVocabularies(file)).toEqual({ stages: { ready: { en: 'Ready', fr: 'Prêt' } } });
  });

  it.each([
    ['a language that is none of ours', 'stages:\n  ready:\n    de: Bereit\n', /stages\.ready/],
    ['an empty label', 'stages:\n  ready:\n    en: ""\n', /stages\.ready\.en/],
    ['a number', 'stages:\n  ready:\n    en: 7\n', /stages\.ready\.en/],
    ['a code without languages', 'stages:\n  ready: Ready\n', /stages\.ready/],
  ])('with %s is refused, and says where', async (_what, text, where) => {
    const file = await written(text);
    expect(() => readVocabularies(file)).toThrow(StartRefused);
    expect(() => readVocabularies(file)).toThrow(where);
  });
});

describe('what a code is called', () => {
  it('is its word, else the English one, else the code', () => {
    expect(labelOf({ en: 'Ready', fr: 'Prêt' }, 'fr', 'ready')).toBe('Prêt');
    expect(labelOf({ en: 'Ready' }, 'fr', 'ready')).toBe('Ready');
    expect(labelOf({}, 'fr', 'ready')).toBe('ready');
    expect(labelOf(undefined, 'fr', 'ready')).toBe('ready');
  });
});
