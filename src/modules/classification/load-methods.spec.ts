import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inProject } from '../../config/project-root.js';
import { StartRefused } from '../../config/start-refused.js';
import { loadMethods } from './load-methods.js';

describe('the files of the methods', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-methods-'));
    await cp(inProject('mechanisms/classification'), folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const change = async (file: string, from: string, to: string) => {
    const text = await readFile(path.join(folder, file), 'utf8');
    expect(text).toContain(from);
    await writeFile(path.join(folder, file), text.replace(from, to));
  };

  it('are those of the Universal Periodic Review', () => {
    const methods = loadMethods(folder);
    expect(methods).toHaveLength(1);
    const method = methods.at(0)!;
    expect(method).toMatchObject({ mechanism: 'upr', version: 1 });
    expect(method.vocabularies.sdgTargets.codes).toHaveLength(169);
    expect(method).toHaveProperty(['precision', 'category', '5'], 0.85);
  });

  it('are none where there is no folder', () => {
    expect(loadMethods(path.join(folder, 'nowhere'))).toEqual([]);
  });

  it('say another vocabulary of themes by one line', async () => {
    await change('upr.yaml', 'vocabulary: ohchr-themes', 'vocabulary: upr-info-issues');
    await change('vocabularies/sdg-goals.yaml', 'ohchr-themes/poverty, ', '');
    expect(loadMethods(folder).at(0)!.vocabularies.themes.vocabulary).toBe('upr-info-issues');
  });

  it.each([
    [
      'a vocabulary that is not there',
      'upr.yaml',
      'vocabulary: ohchr-themes',
      'vocabulary: none',
      /themes: no vocabulary/,
    ],
    ['a category that is none', 'upr.yaml', 'of: 4,', 'of: 7,', /category: 7 is no code/],
    ['a field that nobody reads', 'upr.yaml', 'version: 1', 'version: 1\nvesion: 2', /vesion/],
    [
      'what follows nothing',
      'vocabularies/sdg-goals.yaml',
      'ohchr-themes/food',
      'ohchr-themes/fodo',
      /no ohchr-themes\/fodo/,
    ],
    [
      'a code that is none',
      'vocabularies/sdg-goals.yaml',
      "code: '1'",
      "code: 'No poverty'",
      /is not a code/,
    ],
  ])('with %s are refused, and say where', async (_, file, from, to, where) => {
    await change(file, from, to);
    expect(() => loadMethods(folder)).toThrow(StartRefused);
    expect(() => loadMethods(folder)).toThrow(where);
  });
});
