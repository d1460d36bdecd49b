import { z } from 'zod';
import { readFolder } from '../../config/read-folder.js';
import { StartRefused } from '../../config/start-refused.js';
import type { Definition } from '../../kernel/definition.js';
import { LANGUAGES } from '../../platform/labels/languages.js';
import { wordFaults, type NoticeWords } from './notice-words.rules.js';

const text = z.string().trim().min(1);
const template = z.partialRecord(z.enum(LANGUAGES), text);
const file = z.strictObject({
  mechanism: text,
  general: z.strictObject({ subject: template, sentence: template }),
  events: z.array(
    z.strictObject({
      event: text,
      moves: z.array(text).min(1).optional(),
      subject: template.optional(),
      sentence: template,
    }),
  ),
});

/**
 * Reads what notices say, a file for each mechanism.
 *
 * @param told the mechanisms whose notices are told to anybody: each of them needs words
 * @throws StartRefused for a file that is none, and with a line for each language that is missing, each
 *   field, event, move or mechanism that there is not
 */
export function loadWords(
  folder: string,
  {
    definitions,
    events,
    told,
  }: {
    readonly definitions: readonly Definition[];
    readonly events: readonly string[];
    readonly told: readonly string[];
  },
): NoticeWords[] {
  const all = readFolder(folder, { schema: file, what: 'words of notices' });
  const wordless = told.filter((key) => !all.some(({ mechanism }) => mechanism === key));
  const faults = [
    ...all.flatMap((each) => wordFaults(each, { definitions, events })),
    ...wordless.map((key) => `  ${key}: its notices have no words`),
  ];
  if (faults.length > 0) throw new StartRefused(`Notices lack words:\n${faults.join('\n')}`);
  return all;
}
