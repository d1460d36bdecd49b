import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { CODES } from '../../src/kernel/codes.js';
import { loadVocabularies } from '../../src/modules/classification/index.js';
import { loadMechanisms } from '../../src/modules/mechanisms/index.js';
import { vocabulariesOf } from '../../src/modules/mechanisms/vocabulary.rules.js';
import { inProject } from '../../src/config/project-root.js';
import { readVocabularies, type Vocabularies } from '../../src/platform/labels/labels.js';
import { LANGUAGES } from '../../src/platform/labels/languages.js';
import { sample } from '../mechanisms/sample-definition.js';
import { enumerations, journalEvents, platformCodes } from './known-codes.js';

type Codes = Readonly<Record<string, readonly string[]>>;

/** Words that are the same in English and in another language. */
const ALIKE: readonly string[] = [
  'platform urgencies.normal es',
  'platform urgencies.normal fr',
  'platform urgencies.urgent fr',
  'platform vocabularies.positions fr',
  'platform worklists.positions fr',
  'platform families.communication fr',
  'platform organization-kinds.coalition fr',
  'platform document-standings.original fr',
  'platform delivery-channels.webhook es',
  'platform delivery-channels.webhook fr',
  'platform document-standings.original es',
  'platform left-out-parts.annexes fr',
  'platform findings.script fr',
  'platform findings.script es',
  'platform record-kinds.document fr',
];

const { definitions } = loadMechanisms(inProject('mechanisms'));
const platform = readVocabularies(inProject('labels/platform.yaml'));
const problems = readVocabularies(inProject('labels/problems.yaml'));
const classification = readVocabularies(inProject('labels/classification.yaml'));
const mechanismLabels = (key: string): Vocabularies =>
  readVocabularies(inProject(`mechanisms/labels/${key}.yaml`));

const keysOf = (vocabularies: Vocabularies): Codes =>
  Object.fromEntries(
    Object.entries(vocabularies).map(([name, words]) => [name, Object.keys(words)]),
  );

/** What lacks a word, and in which languages: `upr stages.ready: fr, zh`. */
function lacking(file: string, codes: Codes, labels: Vocabularies): string[] {
  return Object.entries(codes).flatMap(([name, all]) =>
    [...new Set(all)].flatMap((code) => {
      const missing = LANGUAGES.filter((language) => !labels[name]?.[code]?.[language]?.trim());
      return missing.length > 0 ? [`${file} ${name}.${code}: ${missing.join(', ')}`] : [];
    }),
  );
}

/** Words for what there is not. */
const leftOver = (file: string, codes: Codes, labels: Vocabularies): string[] =>
  Object.entries(keysOf(labels)).flatMap(([name, all]) =>
    all.filter((code) => !codes[name]?.includes(code)).map((code) => `${file} ${name}.${code}`),
  );

/** Codes of the platform: enumerations go to the vocabulary that has all of their values. */
function platformVocabularies(): { codes: Codes; homeless: string[] } {
  const known = platformCodes(definitions);
  const codes = new Map(Object.entries(known).map(([name, all]) => [name, [...all]]));
  const kinds = definitions.flatMap((each) => Object.keys(vocabulariesOf(each, {})));
  codes.set('vocabularies', [
    'problems',
    ...Object.keys(platform),
    ...Object.keys(classification),
    ...kinds,
  ]);
  const homeless: string[] = [];
  for (const { pointer, values } of enumerations()) {
    const fitting = Object.entries(platform).filter(([, words]) =>
      values.every((value) => value in words),
    );
    if (fitting.length === 0) homeless.push(`${pointer}: ${values.join(', ')}`);
    for (const [name] of fitting) codes.set(name, [...(codes.get(name) ?? []), ...values]);
  }
  return { codes: Object.fromEntries(codes), homeless };
}

const everyFile: readonly (readonly [file: string, labels: Vocabularies])[] = [
  ['platform', platform],
  ['problems', problems],
  ['classification', classification],
  ...[...new Set(definitions.map(({ key }) => key))].map(
    (key) => [key, mechanismLabels(key)] as const,
  ),
];

describe('the labels', () => {
  it('call every refusal by a title, word for word that of the catalogue in English', () => {
    const codes = { problems: [...CODES.keys()] };
    expect(lacking('problems', codes, problems)).toEqual([]);
    expect(leftOver('problems', codes, problems)).toEqual([]);
    const differing = [...CODES].filter(
      ([code, { title }]) => problems['problems']?.[code]?.en !== title,
    );
    expect(differing.map(([code, { title }]) => `${code}: ${title}`)).toEqual([]);
  });

  it('call every code of the platform something', () => {
    const { codes, homeless } = platformVocabularies();
    expect(homeless).toEqual([]);
    expect(lacking('platform', codes, platform)).toEqual([]);
    expect(leftOver('platform', codes, platform)).toEqual([]);
  });

  it('call every code of every procedure something, in the English of its newest version', () => {
    for (const [key, newest] of new Map(definitions.map((each) => [each.key, each]))) {
      const labels = mechanismLabels(key);
      const versions = definitions.filter((each) => each.key === key);
      const codes: Record<string, string[]> = {};
      for (const [name, all] of versions.flatMap((each) =>
        Object.entries(keysOf(vocabulariesOf(each, {}))),
      )) {
        codes[name] = [...(codes[name] ?? []), ...all];
      }
      expect(lacking(key, codes, labels)).toEqual([]);
      expect(leftOver(key, codes, labels)).toEqual([]);
      expect(labels['title']?.[key]?.en).toBe(newest.title);
      const meanings = newest.stages.map(({ stage, meaning }) => [stage, meaning]);
      const told = newest.stages.map(({ stage }) => [stage, labels['stage-meanings']?.[stage]?.en]);
      expect(told).toEqual(meanings);
      const fields = newest.intake?.fields ?? [];
      const helped = fields.map(({ field }) => [field, labels['intake-help']?.[field]?.en]);
      expect(helped).toEqual(fields.map(({ field, help }) => [field, help]));
    }
  });

  it('call every code that is said of a recommendation something', () => {
    const codes = Object.fromEntries(
      loadVocabularies(inProject('mechanisms/classification')).map((each) => [
        each.vocabulary,
        each.codes.map(({ code }) => code),
      ]),
    );
    expect(Object.values(codes).flat().length).toBeGreaterThan(300);
    expect(lacking('classification', codes, classification)).toEqual([]);
    expect(leftOver('classification', codes, classification)).toEqual([]);
  });

  it('belong to a procedure that there is', () => {
    const files = readdirSync(inProject('mechanisms/labels'));
    const keys = new Set(definitions.map(({ key }) => `${key}.yaml`));
    expect(files.filter((file) => !keys.has(file))).toEqual([]);
  });

  it('are translated: what is alike in two languages is so by nature', () => {
    const alike = everyFile.flatMap(([file, labels]) =>
      Object.entries(labels).flatMap(([name, vocabulary]) =>
        Object.entries(vocabulary).flatMap(([code, words]) =>
          LANGUAGES.filter((language) => language !== 'en' && words[language] === words.en).map(
            (language) => `${file} ${name}.${code} ${language}`,
          ),
        ),
      ),
    );
    expect(alike.toSorted()).toEqual(ALIKE.toSorted());
  });

  it('are written in the script of their language, on one line', () => {
    const scripts = { ru: /\p{Script=Cyrillic}/u, ar: /\p{Script=Arabic}/u, zh: /\p{Script=Han}/u };
    const wrong = everyFile.flatMap(([file, labels]) =>
      Object.entries(labels).flatMap(([name, vocabulary]) =>
        Object.entries(vocabulary).flatMap(([code, words]) =>
          Object.entries(words)
            .filter(([language, word]) => {
              const script = (scripts as Record<string, RegExp | undefined>)[language];
              const foreign = !script && Object.values(scripts).some((each) => each.test(word));
              return foreign || /\n/.test(word) || (script && !script.test(word));
            })
            .map(([language]) => `${file} ${name}.${code} ${language}`),
        ),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

describe('what holds the labels against the codes', () => {
  it('names a procedure that has none, code by code and language by language', () => {
    const codes = keysOf(vocabulariesOf(sample, {}));
    const missing = lacking('sample', codes, {});
    expect(missing.length).toBe(Object.values(codes).flat().length);
    expect(missing[0]).toMatch(/^sample title\.\S+: en, fr, es, ru, ar, zh$/);
  });

  it('names a language that is missing, and a word for nothing', () => {
    const labels = { stages: { ready: { en: 'Ready', fr: 'Prêt', es: ' ' } } };
    expect(lacking('x', { stages: ['ready'] }, labels)).toEqual(['x stages.ready: es, ru, ar, zh']);
    expect(leftOver('x', { stages: ['held'] }, labels)).toEqual(['x stages.ready']);
  });

  it('finds the names of the journal where the code writes them', () => {
    const known = [
      'opened',
      'moved',
      'document-submitted',
      'corrigendum-begun',
      'recommendation-made',
    ];
    expect(journalEvents()).toEqual(expect.arrayContaining(known));
    expect(journalEvents()).not.toContain('recomputed');
  });
});
