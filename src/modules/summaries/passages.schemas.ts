import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { forKind, kind } from './sources.schemas.js';

const { byId, code, instant, language, line, prose, uuid, version, words } = fields;

const offset = z.int().min(0).max(100_000_000);
export const theme = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,59}$/)
  .max(60)
  .meta({ description: 'Of the vocabulary `summary-themes`', example: 'health' });
const pinpoint = line(60).meta({ description: 'As notes cite it', example: 'para. 24' });
const note = prose(2000).meta({ description: 'For the secretariat', example: 'Check the figure' });

const passage = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    kind,
    source: uuid,
    documentVersion: z.int().nullable().meta({ description: 'In which it was marked', example: 1 }),
    language: language.nullable(),
    from: offset.nullable().meta({ description: 'UTF-16 units of the text', example: 1204 }),
    to: offset.nullable().meta({ description: 'The first one behind it', example: 1588 }),
    words: words.nullable().meta({
      description: 'Null where they are no longer there',
      example: 'Children of persons who were erased remained stateless.',
    }),
    pinpoint,
    theme: code.meta({ example: 'stateless-persons' }),
    note: words.nullable(),
    used: z.boolean().meta({ description: 'A paragraph of the draft cites it' }),
    latest: z
      .strictObject({
        documentVersion: z.int().meta({ example: 2 }),
        now: z.enum(['same', 'moved', 'gone']),
        from: offset.nullable().meta({ example: 1311 }),
        to: offset.nullable().meta({ example: 1695 }),
      })
      .nullable()
      .meta({ description: 'Where it stands in a corrigendum, where there is one' }),
    markedAt: instant,
    version,
  })
  .meta({ id: 'Passage' });

export const listPassages = operation({
  id: 'listPassages',
  method: 'GET',
  path: '/v1/reviews/{id}/passages',
  tag: 'summaries',
  summary: 'What has been marked in the sources',
  description: 'For the secretariat alone, in the order in which it was marked.',
  params: byId,
  query: z.strictObject({
    ...pageQuery,
    kind: forKind,
    source: uuid.optional().meta({ description: 'Of this source' }),
    theme: theme.optional().meta({ description: 'Marked with this theme' }),
    used: z
      .enum(['true', 'false'])
      .optional()
      .meta({ description: '`false`: those that no paragraph cites yet' }),
  }),
  returns: pageOf(passage).meta({ id: 'Passages' }),
});

export const markPassage = operation({
  id: 'markPassage',
  method: 'POST',
  path: '/v1/reviews/{id}/passages',
  tag: 'summaries',
  summary: 'Mark a passage of a source',
  description:
    'By a paragraph, by offsets, or, of a document that the house does not hold, by words and ' +
    'where they stand. Nothing is marked in what its side holds back.',
  params: byId,
  idempotent: true,
  body: z
    .strictObject({
      source: uuid,
      version: z.int().min(1).max(9999).optional().meta({ example: 1 }),
      language: language.optional(),
      paragraph: line(60).optional().meta({ description: 'Its label', example: '24' }),
      from: offset.optional().meta({ example: 1204 }),
      to: offset.optional().meta({ example: 1588 }),
      words: prose(10_000).optional(),
      pinpoint: pinpoint.optional(),
      theme,
      note: note.optional(),
    })
    .meta({
      id: 'NewPassage',
      example: {
        source: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10',
        paragraph: '24',
        theme: 'stateless-persons',
      },
    }),
  returns: passage,
  status: 201,
  problems: ['permission-missing', 'source-hidden'],
});

export const putPassage = operation({
  id: 'putPassage',
  method: 'PUT',
  path: '/v1/passages/{id}',
  tag: 'summaries',
  summary: 'Change how a passage is cited, its theme or its note',
  description: 'What is marked stays; paragraphs that cite it cite it as it then stands.',
  params: byId,
  ifMatch: true,
  body: z
    .strictObject({ pinpoint, theme, note: note.nullable().default(null) })
    .meta({ id: 'PassageChange', example: { pinpoint: 'p. 3', theme: 'health', note: null } }),
  returns: passage,
  status: 200,
  problems: ['permission-missing'],
});

export const removePassage = operation({
  id: 'removePassage',
  method: 'DELETE',
  path: '/v1/passages/{id}',
  tag: 'summaries',
  summary: 'Remove a mark that no paragraph cites',
  description:
    'The source is left as it is. While a paragraph cites it, it is refused with their ids.',
  params: byId,
  ifMatch: true,
  problems: ['permission-missing', 'passage-cited'],
});
