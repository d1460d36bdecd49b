import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { sample, sampleNames } from '../../../test/mechanisms/sample-definition.js';
import { digestOf } from './mechanisms.rules.js';
import { MechanismsService, UnsoundMechanisms } from './mechanisms.service.js';

const newYear = '2026-01-01';
const calendar = `calendar: none
title: None
years: [{year: 2026, days: [{date: ${newYear}, name: New Year's Day}]}]
`;
let mechanismsDir: string;

beforeEach(async () => {
  mechanismsDir = await mkdtemp(join(tmpdir(), 'mechanisms-'));
  await writeFile(
    join(mechanismsDir, 'two.yaml'),
    stringify({ ...sample, version: 2, draft: true }),
  );
  await writeFile(join(mechanismsDir, 'one.yaml'), stringify(sample));
});
afterEach(() => rm(mechanismsDir, { recursive: true }));

const withCalendar = async (): Promise<MechanismsService> => {
  await mkdir(join(mechanismsDir, 'holidays'));
  await writeFile(join(mechanismsDir, 'holidays', 'none.yaml'), calendar);
  return new MechanismsService({ mechanismsDir });
};

const registerAll = (service: MechanismsService): void => {
  service.registerFacts(sampleNames.facts);
  service.registerConsequences(sampleNames.consequences);
  service.registerParameters(sampleNames.parameters);
};

describe('MechanismsService', () => {
  it('starts when every name has been registered, by whichever module', async () => {
    const service = await withCalendar();
    registerAll(service);
    expect(() => service.onApplicationBootstrap()).not.toThrow();
  });

  it('refuses to start otherwise, and names every fault of every file', async () => {
    const service = new MechanismsService({ mechanismsDir });
    registerAll(service);
    let thrown: unknown;
    try {
      service.onApplicationBootstrap();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UnsoundMechanisms);
    expect((thrown as UnsoundMechanisms).message.split('\n')).toEqual([
      'The mechanisms have 2 fault(s):',
      '  one.yaml:9 /holidays “none” is not a calendar of holidays',
      '  two.yaml:9 /holidays “none” is not a calendar of holidays',
    ]);
  });

  it('answers versions, the latest, their digests and their holidays', async () => {
    const service = await withCalendar();
    expect(service.all().map((each) => each.version)).toEqual([1, 2]);
    expect(service.definition('sample', 1)).toEqual(sample);
    expect(service.definition('sample', 3)).toBeUndefined();
    expect(service.latest('sample')?.version).toBe(2);
    expect(service.latest('other')).toBeUndefined();
    expect(service.pins()).toMatchObject([
      { key: 'sample', version: 1, digest: digestOf(sample), draft: false },
      { key: 'sample', version: 2, draft: true },
    ]);
    expect(service.holidays(sample)).toEqual(new Set([newYear]));
  });
});
