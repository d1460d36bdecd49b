import { z } from 'zod';
import { code, language, words, written } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { languageQuery } from '../../platform/http/speaking.js';
import { LANGUAGES } from '../../platform/labels/languages.js';

const summary = z
  .strictObject({
    name: code.meta({ example: 'upr.stages' }),
    mechanism: code.nullable().meta({ description: 'The procedure whose words they are' }),
    title: words.meta({ description: 'In the language of `Content-Language`' }),
    size: z.int().meta({ description: 'How many codes it has' }),
  })
  .meta({ id: 'VocabularySummary' });
const entry = z
  .strictObject({
    code: written(/^[A-Za-z0-9][A-Za-z0-9_.:-]*$/).meta({ example: 'wg-adopted' }),
    label: words.optional().meta({ description: 'In the language of `Content-Language`' }),
    labels: z
      .record(language, words)
      .optional()
      .meta({ description: 'By language: with `language=all`, instead of `label`' }),
  })
  .meta({ id: 'VocabularyEntry' });

export const listVocabularies = operation({
  id: 'listVocabularies',
  method: 'GET',
  path: '/v1/vocabularies',
  tag: 'vocabularies',
  summary: 'What has codes: the platform’s own vocabularies, and those of each procedure',
  description: 'Answers carry codes; here is what they are called, in six languages.',
  open: true,
  cached: true,
  localized: true,
  query: z.strictObject({ ...pageQuery, ...languageQuery }),
  returns: pageOf(summary).meta({ id: 'Vocabularies' }),
});
export const getVocabulary = operation({
  id: 'getVocabulary',
  method: 'GET',
  path: '/v1/vocabularies/{name}',
  tag: 'vocabularies',
  summary: 'The codes of a vocabulary, and what they are called',
  description:
    'In the language of `Accept-Language`, or that of `language`; `language=all` gives all six at ' +
    'once. A code that nobody has labelled yet is called by its English, or by itself.',
  open: true,
  cached: true,
  localized: true,
  params: z.strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,40}(\.[a-z-]{1,40})?$/)
      .max(81)
      .meta({ description: 'As the list of vocabularies names it', example: 'upr.stages' }),
  }),
  query: z.strictObject({
    language: z
      .enum([...LANGUAGES, 'all'])
      .optional()
      .meta({ description: 'Instead of `Accept-Language`; `all` for every one' }),
  }),
  returns: summary
    .omit({ size: true })
    .extend({ entries: z.array(entry) })
    .meta({ id: 'Vocabulary' }),
});
