import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { HIDDEN, UNNAMED } from './sources.rules.js';

const { byId, language, line, uuid, version, words } = fields;

/** What is written; each document has sources, passages and a draft of its own. */
export const kind = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,59}$/)
  .max(60)
  .meta({ description: 'The document that is written', example: 'stakeholder-summary' });
export const forKind = kind
  .default('stakeholder-summary')
  .meta({ description: 'The document that is written' });

const mark = line(60).meta({ description: 'How notes name it; unique', example: 'JS2' });
const name = line(500).meta({ example: 'Amnesty International' });
const place = line(200).meta({ example: 'London, United Kingdom' });
const names = z.array(line(500)).max(200);
const partners = names.meta({ description: 'As they are listed', example: ['Peace Institute'] });
const withheld = names.meta({
  description: 'Partners that are never printed: a paragraph that names one is refused',
  example: ['A group of friends'],
});
const standsWith = z
  .enum(['civil-society', 'regional', 'nhri', 'united-nations'])
  .meta({ description: '`nhri`: accredited with A status, whose part stands apart' });
const sealed = z.boolean().meta({ description: 'Used, and never cited by name', example: false });

const source = z
  .strictObject({
    id: uuid.meta({ description: 'That of the submission, where it is one' }),
    proceedingId: uuid,
    kind,
    documentId: uuid.nullable(),
    joint: z.boolean().meta({ example: true }),
    mark: words
      .nullable()
      .meta({ description: 'Null where whose it is was withdrawn', example: 'JS2' }),
    name: words,
    place: words.nullable().meta({ example: 'Ljubljana, Slovenia' }),
    partners: z.array(words).meta({ example: ['Peace Institute'] }),
    withheld: z.array(words).meta({ example: ['A group of friends'] }),
    standsWith,
    sealed,
    use: z.enum(['cited', 'unnamed', 'hidden']).meta({
      description:
        '`unnamed`: its words may be used, without a citation. `hidden`: they may not, for what ' +
        'its side holds back does not come out by a summary',
    }),
    because: z
      .enum([...UNNAMED, ...HIDDEN])
      .nullable()
      .meta({ description: 'Why it is not cited, or not used', example: null }),
    passages: z.int().meta({ description: 'Marked in it', example: 4 }),
    cited: z.boolean().meta({ description: 'A paragraph of the draft rests on it' }),
    version,
  })
  .meta({ id: 'SummarySource' });

export const listSources = operation({
  id: 'listSources',
  method: 'GET',
  path: '/v1/reviews/{id}/sources',
  tag: 'summaries',
  summary: 'What a summary is written from, with the marks of its notes',
  description:
    'For the secretariat alone. Submissions in the order in which they were handed in. Marks are ' +
    'proposed; with the next change that anybody makes they stand, until they are corrected.',
  params: byId,
  query: z.strictObject({
    ...pageQuery,
    kind: forKind,
    cited: z
      .enum(['true', 'false'])
      .optional()
      .meta({ description: '`false`: those on which no paragraph rests yet' }),
  }),
  returns: pageOf(source).meta({ id: 'SummarySources' }),
});

export const addSource = operation({
  id: 'addSource',
  method: 'POST',
  path: '/v1/reviews/{id}/sources',
  tag: 'summaries',
  summary: 'Add a document that the house does not hold',
  description:
    'Of the United Nations, or what a submission refers to; notes cite it by its symbol.',
  params: byId,
  idempotent: true,
  body: z.strictObject({ kind: kind.default('compilation'), symbol: mark, title: name }).meta({
    id: 'NewSummarySource',
    example: {
      kind: 'compilation',
      symbol: 'CCPR/C/SVN/CO/3',
      title: 'Concluding observations of the Human Rights Committee',
    },
  }),
  returns: source,
  status: 201,
  location: '/v1/sources/{id}',
  problems: ['permission-missing', 'already-exists'],
});

export const getSource = operation({
  id: 'getSource',
  method: 'GET',
  path: '/v1/sources/{id}',
  tag: 'summaries',
  summary: 'A source of a summary',
  description:
    'For the secretariat alone: how notes cite it, how the list names it, and whether its words may be used.',
  params: byId,
  returns: source,
});

export const putSource = operation({
  id: 'putSource',
  method: 'PUT',
  path: '/v1/sources/{id}',
  tag: 'summaries',
  summary: 'Correct how a source is cited and listed, or seal it',
  description:
    'A mark is borne by one source. A sealed source is used without being named; partners that are ' +
    'withheld are printed nowhere.',
  params: byId,
  ifMatch: true,
  body: z
    .strictObject({
      mark,
      name,
      place: place.nullable().default(null),
      partners: partners.default([]),
      withheld: withheld.default([]),
      standsWith,
      sealed: sealed.default(false),
    })
    .meta({
      id: 'SummarySourceChange',
      example: {
        mark: 'AI',
        name: 'Amnesty International',
        place: 'London, United Kingdom',
        standsWith: 'civil-society',
      },
    }),
  returns: source,
  status: 200,
  problems: ['permission-missing', 'already-exists', 'withdrawn'],
});

const offset = z.int().min(0).max(100_000_000);
const paragraph = z
  .strictObject({
    label: words.meta({ description: 'As it is cited', example: '24' }),
    printed: z.boolean().meta({ description: 'The file bears the number; else it is counted' }),
    from: offset.meta({ description: 'UTF-16 units of the kept text', example: 1204 }),
    to: offset.meta({ description: 'The first one behind it', example: 1588 }),
    text: words,
    passages: z.int().meta({ description: 'Marked in it', example: 0 }),
  })
  .meta({ id: 'SourceParagraph' });

export const listParagraphs = operation({
  id: 'listSourceParagraphs',
  method: 'GET',
  path: '/v1/sources/{id}/paragraphs',
  tag: 'summaries',
  summary: 'Read a submission by its paragraphs',
  description:
    'The copy that others get. Paragraphs bear the numbers of the file where it has some, and are ' +
    'counted where it has none. The latest version in its original language, unless asked.',
  params: byId,
  query: z.strictObject({
    ...pageQuery,
    version: z.coerce
      .number()
      .int()
      .min(1)
      .max(9999)
      .optional()
      .meta({ description: 'The number of the version' }),
    language: language.optional().meta({ description: 'The language of the text' }),
  }),
  returns: pageOf(paragraph).meta({ id: 'SourceParagraphs' }),
  problems: ['withdrawn'],
});
