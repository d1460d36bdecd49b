import { describe, expect, it } from '@jest/globals';
import { sample as plain, sampleNames } from '../../test/mechanisms/sample-definition.js';
import type { Definition } from './definition.js';
import type { IntakeRule, Trigger } from './intake-rules.js';
import { faultsOf } from './soundness.js';

const trigger: Trigger = {
  trigger: 'request',
  by: 'author',
  about: 'party',
  number: { pattern: 'R/{year}/{n}', counted: 'yearly' },
  concerns: 'others',
};
const facts = { field: 'facts', required: true, help: 'What happened.' };
const intake: IntakeRule = {
  during: 'received',
  unregistered: ['received'],
  limit: { words: 500, over: 'refuse' },
  fields: [facts, { field: 'wish', required: false, help: 'What should be done.' }],
  naming: ['public', 'sealed'],
};
const sample: Definition = { ...plain, triggers: [trigger], intake };

/** The flaws of the sample with some parts replaced, a line each. */
const flaws = (change: Partial<Definition>): string[] =>
  faultsOf({ ...sample, ...change }, sampleNames).map(({ path, message }) => `${path} ${message}`);
const without = (name: 'triggers' | 'intake'): string[] => {
  const { [name]: _, ...rest } = sample;
  return faultsOf(rest, sampleNames).map(({ path, message }) => `${path} ${message}`);
};

describe('the form by which something is filed', () => {
  it('is sound where whoever files sees it from its beginning on', () => {
    expect(flaws({})).toEqual([]);
  });

  it('comes with something to file, and that with a form', () => {
    const together = [' `triggers` and `intake` come together'];
    expect(without('triggers')).toEqual(together);
    expect(without('intake')).toEqual(together);
  });

  it('is filed by and about roles that there are', () => {
    expect(flaws({ triggers: [{ ...trigger, by: 'ghost', about: 'nobody' }] })).toEqual([
      '/triggers/0/by “ghost” is not a role',
      '/triggers/0/about “nobody” is not a role',
    ]);
  });

  it('is filed by and about those who take part for themselves', () => {
    expect(flaws({ triggers: [{ ...trigger, by: 'secretariat', about: 'observer' }] })).toEqual([
      '/triggers/0/by “secretariat” is not held by taking part',
      '/triggers/0/about “observer” is not held by taking part',
    ]);
  });

  it('is hidden from nobody who files it, at whatever stage', () => {
    const hidden = ['/triggers/0/by “author” must always read the compartment “case”'];
    const [, ...others] = sample.visibility;
    const readers = ['party', 'observer', 'chair', 'secretariat'];
    const apart = { compartment: 'case', readers };
    expect(flaws({ visibility: [apart, ...others] })).toEqual(hidden);
    const later = { compartment: 'case', readers: ['author'], during: ['forwarded', 'answered'] };
    expect(flaws({ visibility: [apart, later, ...others] })).toEqual(hidden);
    const always = { compartment: 'case', readers: ['author'] };
    expect(flaws({ visibility: [apart, always, ...others] })).toEqual([]);
  });

  it('is prepared where the procedure starts', () => {
    expect(flaws({ intake: { ...intake, during: 'forwarded' } })).toEqual([
      '/intake/during is not the start',
    ]);
  });

  it('names nothing twice', () => {
    expect(
      flaws({
        triggers: [trigger, trigger],
        intake: { ...intake, fields: [facts, facts], naming: ['sealed', 'sealed'] },
      }),
    ).toEqual([
      '/triggers/1/trigger “request” stands here twice',
      '/intake/fields/1/field “facts” stands here twice',
      '/intake/naming/1 “sealed” stands here twice',
    ]);
  });
});
