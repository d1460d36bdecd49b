import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { classificationSchema, maskedSide, withdrawnSchema } from '../record/index.js';

const { byId, instant, iso3, line, prose, side, uuid, version, words } = fields;

export const text = prose(4000, 3).meta({ description: 'Without the trailing “(State)”' });
export const label = line(40).meta({ description: 'As printed in the report', example: '121.10' });
export const position = z
  .string()
  .regex(/^[a-z-]{1,40}$/)
  .max(40)
  .meta({ description: 'In the procedure’s vocabulary', example: 'supported' });
export const wordingStatus = z
  .enum(['open', 'adopted', 'refused', 'overtaken', 'lapsed', 'unchanged'])
  .meta({ example: 'adopted' });
const given = z
  .strictObject({
    position,
    statedPosition: words.nullable().meta({ description: 'In the State’s own words' }),
    comment: words.nullable(),
    givenIn: z.enum(['room', 'writing']).nullable(),
    deemed: z.boolean(),
    givenAt: instant.nullable(),
  })
  .meta({ id: 'GivenPosition' });

const recommendation = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    text: words.meta({ description: 'The one that stands' }),
    wording: z.int().min(1).meta({ description: 'The number of the wording that stands' }),
    sent: words.nullable().meta({ description: 'The text as it was made' }),
    delivered: z
      .strictObject({
        wording: z.int(),
        text: words,
        status: wordingStatus,
        recordedAt: instant,
      })
      .nullable()
      .meta({
        description:
          'The text as it was heard in the room, beside the one that was sent; `adopted` when all ' +
          'its States confirmed it, `unchanged` when it is the text that stood',
      }),
    openWordings: z
      .array(z.int())
      .meta({ description: 'Numbers of those that wait for an answer' }),
    partOf: uuid.nullable().meta({ description: 'The recommendation that was split' }),
    label: label.nullable(),
    side: maskedSide,
    filedBy: maskedSide,
    recommendingStates: z.array(
      z.strictObject({
        state: iso3,
        status: z.enum(['invited', 'confirmed', 'declined', 'withdrawn', 'lapsed']),
      }),
    ),
    status: z.enum(['draft', 'submitted', 'split', 'adopted', 'lapsed', 'withdrawn']),
    position: given.nullable(),
    classification: classificationSchema.nullable().meta({ description: 'Null until it is made' }),
    createdAt: instant.nullable().meta({ description: 'For the side that filed it alone' }),
    submittedAt: instant.nullable(),
    publicId: uuid.nullable(),
    version,
  })
  .meta({ id: 'Recommendation' });
export const withActions = recommendation
  .extend({ withdrawn: withdrawnSchema.nullable(), actions: z.array(fields.action) })
  .meta({ id: 'RecommendationWithActions' });
const coStates = z
  .array(iso3)
  .max(60)
  .meta({ description: 'States that make it together with mine; each confirms for itself' });

/** To whoever may not act, or not at this stage. */
export const ACTING = ['wrong-role', 'permission-missing', 'wrong-stage'] as const;

export const createRecommendation = operation({
  id: 'createRecommendation',
  method: 'POST',
  path: '/v1/reviews/{id}/recommendations',
  tag: 'recommendations',
  summary: 'Draft a recommendation, in my delegation’s own desk',
  description: 'Nobody else sees it until it is submitted.',
  params: byId,
  body: z
    .strictObject({
      text,
      with: coStates.default([]),
      as: fields.actingSide,
      onBehalfOf: side.optional(),
    })
    .meta({
      id: 'NewRecommendation',
      example: { text: 'Ratify the Optional Protocol', with: ['BRA', 'KEN'] },
    }),
  returns: withActions,
  status: 201,
  location: '/v1/recommendations/{id}',
  idempotent: true,
  problems: [...ACTING, 'side-ambiguous', 'unknown-state', 'unknown-side', 'unknown-kind'],
});
export const listRecommendations = operation({
  id: 'listRecommendations',
  method: 'GET',
  path: '/v1/reviews/{id}/recommendations',
  tag: 'recommendations',
  summary: 'The recommendations of a review that I may see, by label, then by time',
  description:
    'Drafts are those of my own delegation. What machines proposed is found too, and is marked.',
  params: byId,
  query: z.strictObject({
    ...pageQuery,
    recommendingState: iso3.optional().meta({ description: 'A State that makes it' }),
    status: recommendation.shape.status.optional().meta({ description: 'In this state alone' }),
    category: line(60).optional().meta({ description: 'Of action, as it stands', example: '5' }),
    theme: line(60).optional().meta({ description: 'As it stands', example: 'education' }),
  }),
  returns: pageOf(recommendation).meta({ id: 'Recommendations' }),
});
export const getRecommendation = operation({
  id: 'getRecommendation',
  method: 'GET',
  path: '/v1/recommendations/{id}',
  tag: 'recommendations',
  summary: 'A recommendation',
  description: '`actions` says what I could do with it now. Without author, it names no State.',
  params: byId,
  returns: withActions,
});
export const editRecommendation = operation({
  id: 'editRecommendation',
  method: 'PATCH',
  path: '/v1/recommendations/{id}',
  tag: 'recommendations',
  summary: 'Edit a draft',
  description: '`with` replaces the States that were named before.',
  params: byId,
  ifMatch: true,
  body: z.strictObject({ text: text.optional(), with: coStates.optional() }).meta({
    id: 'RecommendationEdit',
    example: { text: 'Ratify the Optional Protocol without reservations' },
  }),
  returns: withActions,
  problems: ['wrong-role', 'permission-missing', 'already-submitted', 'unknown-state'],
});
export const submitRecommendation = operation({
  id: 'submitRecommendation',
  method: 'POST',
  path: '/v1/recommendations/{id}/submit',
  tag: 'recommendations',
  summary: 'Make the recommendation: the other parties see it from now on',
  description:
    'From now on its words change only with the agreement of its States, in public. The States that were named beside mine may confirm.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  returns: withActions,
  status: 200,
  problems: [...ACTING, 'already-submitted'],
});
export const confirmRecommendation = operation({
  id: 'confirmRecommendation',
  method: 'POST',
  path: '/v1/recommendations/{id}/confirm',
  tag: 'recommendations',
  summary: 'Confirm, or decline, that my State makes it too',
  description:
    'A State that has not confirmed when the report is adopted falls away. `wording` says which text ' +
    'it confirms; it is refused when another stands by now.',
  params: byId,
  idempotent: true,
  body: z
    .strictObject({
      confirm: z.boolean().default(true),
      wording: z.int().min(1).max(10_000).default(1),
      as: fields.actingSide,
    })
    .meta({ id: 'Confirmation', example: { confirm: true, wording: 1 } }),
  returns: withActions,
  status: 200,
  problems: [...ACTING, 'side-ambiguous', 'already-given', 'wording-changed'],
});
export const labelRecommendations = operation({
  id: 'labelRecommendations',
  method: 'POST',
  path: '/v1/reviews/{id}/recommendations/labels',
  tag: 'recommendations',
  summary: 'Give recommendations their labels from the report',
  description:
    'All of them are given, or none. The secretariat may correct them until the report is adopted.',
  params: byId,
  idempotent: true,
  body: z
    .strictObject({
      labels: z
        .array(z.strictObject({ id: uuid, label }))
        .min(1)
        .max(500),
    })
    .meta({
      id: 'Labels',
      example: { labels: [{ id: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10', label: '121.10' }] },
    }),
  returns: z.strictObject({ labelled: z.int(), unlabelled: z.int() }).meta({ id: 'LabelsGiven' }),
  status: 200,
  problems: [...ACTING, 'unknown-recommendation', 'already-exists', 'unknown-kind'],
});
