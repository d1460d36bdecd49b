import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { StartRefused } from '../../config/start-refused.js';
import { LANGUAGES, type Language } from './languages.js';

/** One thing in the languages that there are: the tests see to it that there are all six. */
export type Words = Readonly<Partial<Record<Language, string>>>;

/** Codes and what they are called. */
export type Vocabulary = Readonly<Record<string, Words>>;

/** The words of a file: for each vocabulary its codes, for each code the languages. */
export type Vocabularies = Readonly<Record<string, Vocabulary>>;

const file = z.record(
  z.string(),
  z.record(z.string(), z.partialRecord(z.enum(LANGUAGES), z.string().trim().min(1))),
);

/**
 * Reads a file of labels; a file that is not there has none.
 *
 * @throws StartRefused for a file that is no file of labels
 */
export function readVocabularies(path: string): Vocabularies {
  if (!existsSync(path)) return {};
  const parsed = file.safeParse(parse(readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new StartRefused(`The labels in ${path} cannot be read:\n${faults.join('\n')}`);
}

/** What a code is called: in the language asked for, else in English, else the code itself. */
export const labelOf = (words: Words | undefined, language: Language, code: string): string =>
  words?.[language] ?? words?.en ?? code;
