import { z } from 'zod';
import { FORMATS } from '../../platform/formats/format.js';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { documentSchema } from '../documents/index.js';
import { HELD } from './composition.rules.js';
import { theme } from './passages.schemas.js';
import { forKind, kind } from './sources.schemas.js';

const { byId, code, prose, uuid, version, words } = fields;

/** So many paragraphs has no summary of ten pages. */
export const MOST_PARAGRAPHS = 500;
const MOST_TOLD = 200;

const noteCites = z
  .strictObject({
    passages: z.array(uuid).max(50).default([]).meta({ description: 'Cited, in this order' }),
    seeAlso: z.array(uuid).max(50).default([]).meta({ description: 'Behind “See also”' }),
  })
  .refine(({ passages, seeAlso }) => passages.length + seeAlso.length > 0, 'cites nothing')
  .meta({ id: 'NoteCites' });
const text = prose(4000).meta({
  description: 'With `[^1]` where its first note stands, and so on; a single note may go without',
  example: 'JS2 stated that children remained stateless.[^1]',
});

const coverage = z
  .strictObject({
    words: z.int().meta({ description: 'As the house counts: without notes and list' }),
    limit: z.int().nullable(),
    over: z.boolean().meta({ description: 'More than the limit', example: false }),
    sources: z.int().meta({ description: 'That may be used', example: 11 }),
    uncited: z
      .array(z.strictObject({ id: uuid, mark: words.nullable().meta({ example: 'AI' }) }))
      .max(MOST_TOLD)
      .meta({ description: 'No paragraph rests on them; the first 200' }),
    passages: z.int().meta({ example: 96 }),
    unused: z
      .array(uuid)
      .max(MOST_TOLD)
      .meta({ description: 'Passages that no paragraph cites; the first 200' }),
    proposed: z.int().meta({ description: 'Paragraphs as the platform wrote them', example: 3 }),
    held: z.int().meta({ description: 'Paragraphs that no text has until they are written anew' }),
  })
  .meta({ id: 'SummaryCoverage' });

const paragraph = z
  .strictObject({
    id: uuid,
    theme: code.meta({ example: 'stateless-persons' }),
    apart: z.boolean().meta({ description: 'In the part of the national institution' }),
    number: z.int().nullable().meta({ description: 'As it is printed', example: 12 }),
    text: words,
    notes: z.array(
      z.strictObject({
        number: z.int().nullable().meta({ description: 'Null: it names nobody', example: 31 }),
        text: words.nullable().meta({ example: 'JS2, para. 24; AI, para. 7.' }),
        passages: z.array(uuid),
        seeAlso: z.array(uuid),
      }),
    ),
    sources: z.array(uuid).meta({ description: 'On which it rests' }),
    proposed: z.boolean().meta({ description: 'The platform wrote it; nobody has changed it' }),
    held: z
      .enum(HELD)
      .nullable()
      .meta({ description: 'Why it is in no text that leaves the desk', example: null }),
    version,
  })
  .meta({ id: 'SummaryParagraph' });

const written = paragraph
  .extend({ summary: coverage })
  .meta({ id: 'WrittenParagraph', description: 'With how the summary stands now' });

const summary = z
  .strictObject({
    proceedingId: uuid,
    kind,
    background: words.meta({
      description: 'The introduction',
      example: 'It is a summary of 11 stakeholders’ submissions to the universal periodic review.',
    }),
    /** In the order in which they are printed. */
    paragraphs: z.array(paragraph).max(MOST_PARAGRAPHS),
    ...coverage.shape,
    version: version.meta({
      description: 'Of the order, also the ETag; each paragraph has a version of its own',
      example: 7,
    }),
  })
  .meta({ id: 'Summary' });

const ofKind = z.strictObject({ kind: forKind });

export const getSummary = operation({
  id: 'getSummary',
  method: 'GET',
  path: '/v1/reviews/{id}/summary',
  tag: 'summaries',
  summary: 'The draft of a summary, composed',
  description:
    'For the secretariat alone: its paragraphs by theme, the national institution’s apart, with ' +
    'numbers and notes as they will be printed; its words; and what is not in it yet.',
  params: byId,
  query: ofKind,
  returns: summary,
});

export const putSummary = operation({
  id: 'putSummary',
  method: 'PUT',
  path: '/v1/reviews/{id}/summary',
  tag: 'summaries',
  summary: 'Put the paragraphs in another order, or write the introduction',
  description:
    'Names every paragraph once. Themes come in the order of their vocabulary; within each, the ' +
    'order is this. Texts are no part of it: whoever writes one loses nothing.',
  params: byId,
  query: ofKind,
  ifMatch: true,
  body: z
    .strictObject({
      order: z.array(uuid).max(MOST_PARAGRAPHS),
      background: prose(4000).nullable().default(null).meta({
        description: '`{count}` and `{note}` stand for the sources and their note; null: as usual',
        example: null,
      }),
    })
    .meta({ id: 'SummaryOrder' }),
  returns: summary,
  status: 200,
  problems: ['permission-missing', 'names-withheld'],
});

export const addParagraph = operation({
  id: 'addParagraph',
  method: 'POST',
  path: '/v1/reviews/{id}/summary/paragraphs',
  tag: 'summaries',
  summary: 'Begin a paragraph from passages',
  description:
    'Without a text the platform proposes one, which is marked as such until somebody changes it. ' +
    'Sources that are not named stay without a citation; of what is held back nothing is used.',
  params: byId,
  query: ofKind,
  idempotent: true,
  body: z
    .strictObject({
      passages: z.array(uuid).min(1).max(20),
      theme: theme.optional().meta({ description: 'That of the first passage, unless named' }),
    })
    .meta({ id: 'NewParagraph', example: { passages: ['8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10'] } }),
  returns: written,
  status: 201,
  location: '/v1/summary-paragraphs/{id}',
  problems: ['permission-missing', 'source-hidden', 'institution-apart', 'summary-full'],
});

export const getParagraph = operation({
  id: 'getParagraph',
  method: 'GET',
  path: '/v1/summary-paragraphs/{id}',
  tag: 'summaries',
  summary: 'A paragraph of a draft, with its notes',
  description: 'For the secretariat alone, with its number and notes as they will be printed.',
  params: byId,
  returns: written,
});

export const putParagraph = operation({
  id: 'putParagraph',
  method: 'PUT',
  path: '/v1/summary-paragraphs/{id}',
  tag: 'summaries',
  summary: 'Write a paragraph',
  description: 'For the version of this paragraph that was read; others may be written meanwhile.',
  params: byId,
  ifMatch: true,
  body: z.strictObject({ text, notes: z.array(noteCites).min(1).max(50), theme }).meta({
    id: 'ParagraphChange',
    example: {
      text: 'JS2 stated that children remained stateless.[^1]',
      notes: [{ passages: ['8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10'] }],
      theme: 'stateless-persons',
    },
  }),
  returns: written,
  status: 200,
  problems: ['permission-missing', 'source-hidden', 'names-withheld', 'institution-apart'],
});

export const removeParagraph = operation({
  id: 'removeParagraph',
  method: 'DELETE',
  path: '/v1/summary-paragraphs/{id}',
  tag: 'summaries',
  summary: 'Take a paragraph out of a draft',
  description: 'The passages that it cited stay marked, and can be used again.',
  params: byId,
  ifMatch: true,
  problems: ['permission-missing'],
});

export const exportSummary = operation({
  id: 'exportSummary',
  method: 'GET',
  path: '/v1/reviews/{id}/summary/content',
  tag: 'summaries',
  summary: 'The draft as a file: Word with real footnotes, or HTML',
  description:
    'As it stands, with numbers and notes as they will be printed. Paragraphs that are held are left out.',
  params: byId,
  query: ofKind.extend({
    as: z.enum(['docx', 'html']).default('docx').meta({ description: 'The format' }),
  }),
  returns: 'file',
  mediaTypes: [FORMATS.docx, 'text/html'],
});

export const fileSummary = operation({
  id: 'fileSummary',
  method: 'PUT',
  path: '/v1/documents/{id}/content/summary',
  tag: 'summaries',
  summary: 'Put the draft of the summary as the content of its document',
  description:
    'The same as uploading the Word file: it is looked through and counted, and others get a copy ' +
    'without what it tells. The document is a draft of the secretariat’s own.',
  params: byId,
  ifMatch: true,
  returns: documentSchema,
  status: 200,
  problems: [
    'permission-missing',
    'paragraphs-held',
    'wrong-role',
    'already-submitted',
    'already-exists',
    'unknown-kind',
    'withdrawn',
    'over-word-limit',
  ],
});
