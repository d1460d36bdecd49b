import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import {
  assessmentSchema,
  evidenceSchema,
  followUpKind,
  gradeSchema,
  maskedSide,
  proceedingSchema,
  recommendationSchema,
} from '../record/index.js';

const { byId, date, instant, line, prose, side, uuid, version, words } = fields;

const grade = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/)
  .max(60)
  .meta({ description: 'Of the procedure’s vocabulary for my side', example: 'A' });
const recommendation = uuid.meta({
  description: 'By its id in the record; of a rehearsal, by its id in casework',
});
const asOf = date.meta({ description: 'The day that it speaks of, today at the latest' });

const assessment = z
  .strictObject({
    id: uuid,
    recommendation,
    label: words.meta({ example: '121.10' }),
    side: maskedSide,
    kind: followUpKind,
    grade: gradeSchema,
    text: words,
    evidence: z.array(evidenceSchema),
    asOf: date,
    status: z.enum(['draft', 'given', 'superseded']).meta({
      description:
        '`given`: the latest word of its side; `superseded`: a later one stands beside it',
    }),
    givenAt: instant.nullable(),
    publicId: uuid.nullable(),
    version,
  })
  .meta({ id: 'Assessment' });

const example = {
  recommendation: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10',
  version: 0,
  grade: 'B',
  text: 'The act was adopted; no judge has been trained yet',
  evidence: [{ title: 'The act', url: 'https://www.uradni-list.si/act-44' }],
  asOf: '2029-11-01',
};
const word = z.strictObject({
  recommendation,
  version: z.int().min(0).meta({ description: 'Of my side’s draft of it; 0 for the first' }),
  grade,
  text: prose(10_000).meta({
    description: 'Becomes public with the name of my side: name nobody in it whom that endangers',
  }),
  evidence: z
    .array(
      z.union([
        z.strictObject({ documentId: uuid.meta({ description: 'In the record' }) }),
        z.strictObject({
          title: line(300),
          url: z
            .url({ protocol: /^https$/ })
            .max(2000)
            .meta({ example: 'https://www.uradni-list.si/act-44' }),
        }),
      ]),
    )
    .max(20)
    .default([])
    .meta({ description: 'Becomes public too' }),
  asOf,
});

const ACTING = [
  'not-offered',
  'wrong-role',
  'permission-missing',
  'side-ambiguous',
  'conflict-of-interest',
  'wrong-stage',
] as const;

const tag = 'follow-up';

export const listFollowUp = operation({
  id: 'listFollowUp',
  method: 'GET',
  path: '/v1/reviews/{id}/follow-up',
  tag,
  summary: 'What is said of how the recommendations are implemented, by time; with my drafts',
  description: 'Side by side: every word bears its side, and none is averaged with another.',
  params: byId,
  query: z.strictObject({
    ...pageQuery,
    recommendation: recommendation.optional().meta({ description: 'By its id in the record' }),
    side: side.optional().meta({ description: 'Who says it' }),
    grade: grade.optional().meta({ description: 'This grade alone' }),
    status: assessment.shape.status.optional().meta({ description: 'In this state alone' }),
  }),
  returns: pageOf(assessment).meta({ id: 'Assessments' }),
});
export const prepareFollowUp = operation({
  id: 'prepareFollowUp',
  method: 'POST',
  path: '/v1/reviews/{id}/follow-up',
  tag,
  summary: 'Prepare what my side says of recommendations, in its own desk',
  description:
    'The State under review tells how far each is implemented; others assess it. Supported ones and ' +
    'noted ones alike. Nobody else sees it until it is handed in. All of them, or none: ' +
    '`items-refused` says of each that was refused why.',
  params: byId,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      items: z
        .array(word)
        .min(1)
        .max(500)
        .refine(
          (items) => new Set(items.map((each) => each.recommendation)).size === items.length,
          { error: 'a recommendation stands twice' },
        ),
      as: fields.actingSide,
    })
    .meta({ id: 'NewAssessments', example: { items: [example] } }),
  returns: z.strictObject({ prepared: z.int() }).meta({ id: 'AssessmentsPrepared' }),
  status: 200,
  problems: [
    ...ACTING,
    'items-refused',
    'unknown-recommendation',
    'unknown-document',
    'grade-unknown',
    'dates-in-disorder',
  ],
});
export const giveFollowUp = operation({
  id: 'giveFollowUp',
  method: 'POST',
  path: '/v1/reviews/{id}/follow-up/submit',
  tag,
  summary: 'Hand in all that my side has prepared: it is public at once',
  description:
    'Signed by the side, never by a person. What the side said before stays, and is no longer its ' +
    'latest word. Name those that you have read, with their versions, and nothing else is handed in.',
  params: byId,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      as: fields.actingSide,
      items: z
        .array(z.strictObject({ recommendation, version: z.int().min(1) }))
        .min(1)
        .max(500)
        .optional()
        .meta({ description: 'These alone, as they were read; else all that is prepared' }),
    })
    .meta({ id: 'HandingIn', example: { as: 'state:SVN' } }),
  returns: z
    .strictObject({ kind: followUpKind, given: z.int(), revised: z.int() })
    .meta({ id: 'AssessmentsGiven' }),
  status: 200,
  problems: [...ACTING, 'nothing-to-submit', 'stale'],
});

const carried = z
  .strictObject({
    recommendation: recommendationSchema,
    status: assessmentSchema.nullable().meta({ description: 'What the State told last' }),
    assessments: z
      .array(assessmentSchema)
      .meta({ description: 'The latest word of each other side, fifty of them at most' }),
    more: z.boolean().meta({ description: 'There are more, under the recommendation’s own page' }),
  })
  .meta({ id: 'CarriedRecommendation' });

export const showPredecessor = operation({
  id: 'showPredecessor',
  method: 'GET',
  path: '/v1/reviews/{id}/predecessor',
  tag,
  summary: 'What the review of the cycle before has left: recommendations, and what came of them',
  description:
    'The review of the same State in the cycle before, as the record has it now, imported ones too; ' +
    'its recommendations by label, with the latest word of each side. Null where there is none.',
  params: byId,
  query: z.strictObject(pageQuery),
  returns: pageOf(carried)
    .extend({ predecessor: proceedingSchema.nullable() })
    .meta({ id: 'Predecessor' }),
});
