import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { labelsGivenSchema } from '../recommendations/index.js';

const { actingSide, byId, code, instant, line, side, uuid, version, words } = fields;

/** Beside those that the platform composes; the longest reports have some 300. */
export const MOST_PARAGRAPHS = 600;

export const kind = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,59}$/)
  .max(60)
  .default('working-group-report')
  .meta({ description: 'The document that is written' });
const ofKind = z.strictObject({ kind, as: actingSide });
const acting = z.strictObject({ as: actingSide });
const section = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,59}$/)
  .max(60)
  .meta({ description: 'One that is `open`', example: 'presentation' });
const particular = z
  .string()
  .regex(/^[a-z][A-Za-z]{1,59}$/)
  .max(60)
  .meta({ description: 'One that the report asks for', example: 'meeting' });
const text = line(8000).meta({
  description: 'A paragraph: without a number, and without a line break',
  example: 'The delegation of Slovenia reiterated that human rights were among its key principles.',
});
const place = z
  .int()
  .min(0)
  .max(MOST_PARAGRAPHS)
  .optional()
  .meta({ description: 'Among those of its section, from 0; without it, behind them', example: 0 });
const label = words.nullable().meta({ example: '121.3' });

const standing = {
  words: z.int().meta({ description: 'As the house counts when it is filed: without the annex' }),
  limit: z.int().nullable(),
  over: z.boolean().meta({ description: 'More than the limit', example: false }),
  blanks: z.array(code).meta({
    description: 'Particulars that nobody has said: printed as `[…]`',
    example: ['meeting'],
  }),
  relabelled: z
    .array(z.strictObject({ id: uuid, label, proposed: words.meta({ example: '122.3' }) }))
    .meta({ description: 'Recommendations whose label is not that of their place' }),
};

const item = z
  .strictObject({
    mark: words.meta({ description: 'A label, or `(a)`', example: '121.3' }),
    text: words,
    recommendationId: uuid.nullable(),
  })
  .meta({ id: 'ReportItem' });
const paragraph = z
  .strictObject({
    number: z.int().nullable().meta({ description: 'Null in the annex', example: 22 }),
    text: words,
    written: z
      .strictObject({ id: uuid, by: side, at: instant, version })
      .nullable()
      .meta({ description: 'By whom; null: the platform composed it' }),
    items: z.array(item).meta({ description: 'Printed under it' }),
  })
  .meta({ id: 'ReportParagraph' });
const outdated = z
  .strictObject({
    kind: code.meta({ example: 'recommendation' }),
    itemId: uuid,
    name: words.nullable().meta({ description: 'Its label or symbol, if known', example: '6.12' }),
    at: instant,
    namedIn: z.array(uuid).meta({ description: 'Paragraphs by hand that name it' }),
    before: z.array(uuid).meta({
      description:
        'All paragraphs by hand that were written before: a quotation without a name is found by ' +
        'reading alone',
    }),
  })
  .meta({ id: 'WithdrawnSinceWritten' });
const report = z
  .strictObject({
    proceedingId: uuid,
    kind: code.meta({ example: 'working-group-report' }),
    title: words,
    subtitle: words.meta({ example: 'Slovenia' }),
    particulars: z.array(
      z.strictObject({
        name: code.meta({ example: 'meeting' }),
        written: words
          .nullable()
          .meta({ description: 'By hand: this is printed', example: '13th' }),
        known: words.nullable().meta({ description: 'What the platform knows', example: null }),
      }),
    ),
    sections: z
      .array(
        z.strictObject({
          section: code.meta({ example: 'presentation' }),
          heading: words.nullable().meta({ example: 'Introduction' }),
          open: z.boolean().meta({ description: 'Paragraphs may be written in it' }),
          paragraphs: z.array(paragraph),
        }),
      )
      .meta({ description: 'In the order in which they are printed, the annex last' }),
    ...standing,
    withdrawn: z.array(outdated).meta({
      description: 'For the secretariat: what was withdrawn since a paragraph was written',
    }),
    version: version.meta({
      description: 'Of order and particulars, also the ETag; each paragraph has its own',
      example: 7,
    }),
  })
  .meta({ id: 'Report' });
const written = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    kind: code.meta({ example: 'working-group-report' }),
    section: code.meta({ example: 'presentation' }),
    place: z.int().nullable().meta({ description: 'Among those of its section; null: taken out' }),
    number: z.int().nullable().meta({ description: 'As it is printed', example: 5 }),
    text: words.nullable().meta({ description: 'Null: it was taken out' }),
    history: z
      .array(z.strictObject({ n: z.int(), text: words.nullable(), by: side, at: instant }))
      .meta({ description: 'All that it ever said, the first first' }),
    report: z.strictObject(standing).meta({ id: 'ReportStanding' }),
    version,
  })
  .meta({ id: 'WrittenReportParagraph' });

const WRITING = ['wrong-role', 'permission-missing', 'side-ambiguous', 'wrong-stage'] as const;

export const getReport = operation({
  id: 'getReport',
  method: 'GET',
  path: '/v1/reviews/{id}/report',
  tag: 'reports',
  summary:
    'The draft of the report of the Working Group, or of the addendum, as it would be printed',
  description:
    'Composed from what the review holds, in the order of the procedure’s layout. The report is for ' +
    'the secretariat, the troika and the president; the addendum for the State under review alone. ' +
    'Everybody else reads the document that is filed.',
  params: byId,
  query: z.strictObject({ kind }),
  returns: report,
});

export const putReport = operation({
  id: 'putReport',
  method: 'PUT',
  path: '/v1/reviews/{id}/report',
  tag: 'reports',
  summary: 'Fill in what the platform does not know: who headed the delegation, at which meeting',
  description: 'What is not named is taken back. What is filled in is printed, whatever is known.',
  params: byId,
  query: ofKind,
  ifMatch: true,
  body: z
    .strictObject({ particulars: z.record(particular, line(1000)) })
    .meta({ id: 'ReportParticulars', example: { particulars: { meeting: '13th' } } }),
  returns: report,
  status: 200,
  problems: WRITING,
});

export const labelByReport = operation({
  id: 'labelByReport',
  method: 'POST',
  path: '/v1/reviews/{id}/report/labels',
  tag: 'reports',
  summary: 'Give every recommendation the label of its place in the report',
  description:
    'All at once, as `POST …/recommendations/labels` does: by the number of its group’s paragraph ' +
    'and its order there. Those that have labels keep their order; the others follow.',
  params: byId,
  query: ofKind,
  idempotent: true,
  returns: labelsGivenSchema,
  status: 200,
  problems: [...WRITING, 'not-offered', 'unknown-kind', 'unknown-recommendation', 'already-exists'],
});

export const addReportParagraph = operation({
  id: 'addReportParagraph',
  method: 'POST',
  path: '/v1/reviews/{id}/report/paragraphs',
  tag: 'reports',
  summary: 'Write a paragraph into an open section of the draft',
  description: 'In the annex: a member of the delegation. Numbers follow by themselves.',
  params: byId,
  query: ofKind,
  idempotent: true,
  body: z.strictObject({ section, text, place }).meta({ id: 'NewReportParagraph' }),
  returns: written,
  status: 201,
  location: '/v1/report-paragraphs/{id}',
  problems: [...WRITING, 'report-full'],
});

export const getReportParagraph = operation({
  id: 'getReportParagraph',
  method: 'GET',
  path: '/v1/report-paragraphs/{id}',
  tag: 'reports',
  summary: 'A paragraph written by hand, with all that it ever said',
  description: 'For those who read the draft, also when it was taken out.',
  params: byId,
  returns: written,
});

export const putReportParagraph = operation({
  id: 'putReportParagraph',
  method: 'PUT',
  path: '/v1/report-paragraphs/{id}',
  tag: 'reports',
  summary: 'Write a paragraph anew, or move it within its section',
  description: 'For the version of this paragraph that was read; others may be written meanwhile.',
  params: byId,
  query: acting,
  ifMatch: true,
  body: z.strictObject({ text, place }).meta({ id: 'ReportParagraphChange' }),
  returns: written,
  status: 200,
  problems: WRITING,
});

export const removeReportParagraph = operation({
  id: 'removeReportParagraph',
  method: 'DELETE',
  path: '/v1/report-paragraphs/{id}',
  tag: 'reports',
  summary: 'Take a paragraph out of the draft',
  description: 'What it said is kept in its history.',
  params: byId,
  query: acting,
  ifMatch: true,
  problems: WRITING,
});
