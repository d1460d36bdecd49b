import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { sample, sampleNames } from '../../../test/mechanisms/sample-definition.js';
import { loadMechanisms } from './load-mechanisms.js';

let folder: string;
const write = (file: string, text: string) => writeFile(join(folder, file), text);
const calendar = 'calendar: none\ntitle: None\nyears:\n  - {year: 2026, days: []}\n';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mechanisms-'));
  await mkdir(join(folder, 'holidays'));
  await write('holidays/none.yaml', calendar);
});
afterEach(() => rm(folder, { recursive: true }));

/** All faults of the folder, and the text that stands at the line of each. */
const faults = (): string[] =>
  loadMechanisms(folder)
    .faultsUnder(sampleNames)
    .map(({ file, line, path, message }) => {
      const text = readFileSync(join(folder, file), 'utf8').split('\n')[line - 1]?.trim();
      return `${file} ${path} ${message} « ${text}`;
    });

/** The sample as YAML, with one text put in place of another. */
const sampleWith = (...changes: [string, string][]): string =>
  changes.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, stringify(sample));

describe('loadMechanisms', () => {
  it('reads a definition as it was written', async () => {
    await write('sample.yaml', stringify(sample));
    expect(faults()).toEqual([]);
    expect(loadMechanisms(folder).definitions).toEqual([sample]);
  });

  it('takes a name for a list of one, and fills in the empty lists', async () => {
    const terse = {
      ...sample,
      moves: sample.moves.map(({ move, from, to, by, requires, then }) => ({
        move,
        from: from[0],
        to,
        by: by.length === 1 ? by[0] : by,
        ...(requires.length > 0 ? { requires } : {}),
        ...(then.length > 0 ? { then } : {}),
      })),
    };
    await write('sample.yaml', stringify(terse));
    expect(loadMechanisms(folder).definitions).toEqual([sample]);
  });

  it('lists every fault of shape, by place and line', async () => {
    await write(
      'sample.yaml',
      sampleWith(
        ['version: 1', 'version: one\nauthor: me'],
        ['fact: form.complete', 'fact: form.complete\n        colour: red'],
        ['ago: PT48H', 'ago: 48'],
        ['atLeast: 5', 'atLeast: 5\n            atMost: 9'],
        ['hour: 17:00', 'hour: 25:00'],
      ),
    );
    expect(faults()).toEqual([
      'sample.yaml /version Invalid input: expected number, received string « version: one',
      'sample.yaml /moves/0/requires/0/colour is not a known field « colour: red',
      'sample.yaml /moves/4/requires/0/ago Invalid input: expected string, received number « ago: 48',
      'sample.yaml /moves/4/requires/1/any/0 has none of the shapes that are possible here « - fact: members.present',
      'sample.yaml /deadlines/0/hour is not an hour, HH:MM « hour: 25:00',
      'sample.yaml /author is not a known field « author: me',
    ]);
  });

  it('lists every fault of soundness, by place and line', async () => {
    await write(
      'sample.yaml',
      sampleWith(
        ['fact: form.complete', 'fact: form.colour'],
        ['- stage: decided\n    final: true', '- stage: decided\n    final: false'],
        ['deemed: refused', 'deemed: maybe'],
      ),
    );
    expect(faults()).toEqual([
      'sample.yaml /stages/3 “decided” is not final, and no move leaves it « - stage: decided',
      'sample.yaml /moves/0/requires/0/fact “form.colour” is not a fact that a module supplies « - fact: form.colour',
      'sample.yaml /responses/deemed is none of the values « deemed: maybe',
    ]);
  });

  it('goes on to the other files', async () => {
    await write('a.yaml', 'key: [unclosed\n');
    await write('b.yaml', 'key: b\nkey: b\n');
    await write('c.yaml', sampleWith(['holidays: none', 'holidays: mars']));
    await write('d.yaml', '- a list\n');
    const day = '{date: 2025-01-01, name: New Year}';
    await write('holidays/wrong.yaml', calendar.replace('none', 'wrong').replace('[]', `[${day}]`));
    expect(faults()).toEqual([
      'a.yaml  Flow sequence in block collection must be sufficiently indented and end with a ] « ',
      'b.yaml  Map keys must be unique « key: b',
      'd.yaml  Invalid input: expected object, received array « - a list',
      'holidays/wrong.yaml /years/0/days has a day of another year « - {year: 2026, days: [{date: 2025-01-01, name: New Year}]}',
      'c.yaml /holidays “mars” is not a calendar of holidays « holidays: mars',
    ]);
  });

  it('refuses two files for one version, and two tables of one calendar', async () => {
    await write('a.yaml', stringify(sample));
    await write('b.yaml', stringify({ ...sample, title: 'Another' }));
    await write('holidays/other.yaml', calendar);
    expect(faults()).toEqual([
      'b.yaml /version another file is sample version 1 already « version: 1',
      'holidays/other.yaml /calendar another file is none already « calendar: none',
    ]);
  });

  it('orders versions by number', async () => {
    for (const version of [10, 2, 1]) {
      await write(`${version}.yaml`, stringify({ ...sample, version }));
    }
    expect(loadMechanisms(folder).definitions.map((each) => each.version)).toEqual([1, 2, 10]);
  });
});
