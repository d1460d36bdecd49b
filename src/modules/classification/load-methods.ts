import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { StartRefused } from '../../config/start-refused.js';
import {
  methodSchema,
  precisionSchema,
  vocabularySchema,
  weightsSchema,
  type MethodFile,
  type VocabularyFile,
} from './methods.schemas.js';
import { FACETS, type Facet, type Method } from './proposals.rules.js';

/**
 * Reads how the recommendations of each mechanism are understood, from a folder of methods
 * (`*.yaml`), vocabularies (`vocabularies/*.yaml`), learnt weights and measured shares
 * (`learnt/*.json`). A folder that is not there has none.
 *
 * @throws StartRefused for files that are wrong, all faults of the first wrong one
 */
export function loadMethods(folder: string): Method[] {
  const vocabularies = new Map(loadVocabularies(folder).map((each) => [each.vocabulary, each]));
  const learnt = path.join(folder, 'learnt');
  const weights = Object.fromEntries(readAll(learnt, '.weights.json', weightsSchema));
  const precisions = Object.fromEntries(readAll(learnt, '.precision.json', precisionSchema));
  return readAll(folder, '.yaml', methodSchema).map(([name, file]) => {
    const { mechanism, version, category } = file;
    const used = Object.fromEntries(
      FACETS.map((facet) => [facet, vocabularies.get(file[facet].vocabulary)]),
    ) as Record<Facet, VocabularyFile | undefined>;
    const faults = faultsOf(file, used, vocabularies);
    if (faults.length > 0) throw unreadable(path.join(folder, `${name}.yaml`), faults);
    const precision = precisions[name] ?? {};
    return {
      mechanism,
      version,
      category,
      vocabularies: used as Record<Facet, VocabularyFile>,
      weights,
      precision,
    };
  });
}

/** Every vocabulary that a method could use. @throws StartRefused as `loadMethods` does */
export const loadVocabularies = (folder: string): VocabularyFile[] =>
  readAll(path.join(folder, 'vocabularies'), '.yaml', vocabularySchema).map(([, each]) => each);

/** The files of a folder with an ending, by their names without it. */
function readAll<T>(folder: string, ending: string, schema: z.ZodType<T>): [string, T][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .toSorted()
    .map((file) => {
      const parsed = schema.safeParse(parse(readFileSync(path.join(folder, file), 'utf8')));
      if (parsed.success) return [file.slice(0, -ending.length), parsed.data];
      const faults = parsed.error.issues.map((each) => `${each.path.join('.')}: ${each.message}`);
      throw unreadable(path.join(folder, file), faults);
    });
}

const unreadable = (file: string, faults: readonly string[]): StartRefused =>
  new StartRefused(`The classification in ${file} cannot be used:\n${faults.join('\n')}`);

function faultsOf(
  { category }: MethodFile,
  used: Readonly<Record<Facet, VocabularyFile | undefined>>,
  all: ReadonlyMap<string, VocabularyFile>,
): string[] {
  const missing = FACETS.filter((facet) => !used[facet]).map((facet) => `${facet}: no vocabulary`);
  const categories = used.category?.codes.map(({ code }) => code) ?? [];
  const { examples, objects, verbs } = category;
  const named = [
    ...Object.keys(verbs),
    ...objects.map((each) => each.category),
    examples.of,
    examples.counts,
    examples.as,
  ];
  const unknown = named.filter((code) => !categories.includes(code));
  const codes = new Set(
    [...all.values()].flatMap(({ vocabulary, codes: some }) =>
      some.map(({ code }) => `${vocabulary}/${code}`),
    ),
  );
  const followed = Object.values(used).flatMap((each) =>
    (each?.codes ?? []).flatMap(({ follows = [] }) => follows),
  );
  const nowhere = followed.filter((name) =>
    name.endsWith('*')
      ? ![...codes].some((code) => code.startsWith(name.slice(0, -1)))
      : !codes.has(name),
  );
  return [
    ...missing,
    ...[...new Set(unknown)].map((code) => `category: ${code} is no code of its vocabulary`),
    ...nowhere.map((name) => `follows: there is no ${name}`),
  ];
}
