import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { classificationSchema, maskedSide, withdrawnSchema } from '../record/index.js';

const { byId, instant, iso3, line, prose, side, uuid, version, words } = fields;

const text = prose(4000, 3).meta({ description: 'Without the trailing “(State)”' });
const label = line(40).meta({ description: 'As printed in the report', example: '121.10' });
const position = z
  .string()
  .regex(/^[a-z-]{1,40}$/)
  .max(40)
  .meta({ description: 'In the procedure’s vocabulary', example: 'supported' });
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
    text,
    label: label.nullable(),
    side: maskedSide,
    filedBy: maskedSide,
    recommendingStates: z.array(
      z.strictObject({
        state: iso3,
        status: z.enum(['invited', 'confirmed', 'declined', 'lapsed']),
      }),
    ),
    status: z.enum(['draft', 'submitted', 'adopted', 'lapsed']),
    position: given.nullable(),
    classification: classificationSchema.nullable().meta({ description: 'Null until it is made' }),
    createdAt: instant.nullable().meta({ description: 'For the side that filed it alone' }),
    submittedAt: instant.nullable(),
    publicId: uuid.nullable(),
    version,
  })
  .meta({ id: 'Recommendation' });
const withActions = recommendation
  .extend({ withdrawn: withdrawnSchema.nullable(), actions: z.array(fields.action) })
  .meta({ id: 'RecommendationWithActions' });
const ownPosition = z
  .strictObject({
    recommendationId: uuid,
    position: position.nullable(),
    statedPosition: words.nullable(),
    comment: words.nullable(),
    version: z
      .int()
      .min(0)
      .meta({ description: '0 when none has been prepared; send it in If-Match' }),
  })
  .meta({ id: 'PreparedPosition' });
const coStates = z
  .array(iso3)
  .max(60)
  .meta({ description: 'States that make it together with mine; each confirms for itself' });

/** To whoever may not act, or not at this stage. */
const ACTING = ['wrong-role', 'permission-missing', 'wrong-stage'] as const;

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
    'Its words can no longer be changed. The States that were named beside mine may confirm.',
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
  description: 'A State that has not confirmed when the report is adopted falls away.',
  params: byId,
  idempotent: true,
  body: z
    .strictObject({ confirm: z.boolean().default(true), as: fields.actingSide })
    .meta({ id: 'Confirmation', example: { confirm: true } }),
  returns: withActions,
  status: 200,
  problems: [...ACTING, 'side-ambiguous', 'already-given'],
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

export const getPosition = operation({
  id: 'getPosition',
  method: 'GET',
  path: '/v1/recommendations/{id}/position',
  tag: 'recommendations',
  summary: 'The position that my delegation has prepared, and not yet given',
  description: 'Its `version` is what preparing it again needs.',
  params: byId,
  returns: ownPosition,
  problems: ['wrong-role'],
});
export const putPosition = operation({
  id: 'putPosition',
  method: 'PUT',
  path: '/v1/recommendations/{id}/position',
  tag: 'recommendations',
  summary: 'Prepare a position, in my delegation’s own desk',
  description: 'Nobody else sees it until it is given. `If-Match: "0"` for the first.',
  params: byId,
  ifMatch: true,
  body: z
    .strictObject({
      position,
      statedPosition: prose(500).optional(),
      comment: prose(10_000).optional(),
    })
    .meta({
      id: 'NewPosition',
      example: { position: 'supported', comment: 'A bill is before parliament' },
    }),
  returns: ownPosition,
  problems: [...ACTING, 'position-unknown', 'withdrawn'],
});
export const givePositions = operation({
  id: 'givePositions',
  method: 'POST',
  path: '/v1/reviews/{id}/positions',
  tag: 'recommendations',
  summary: 'Give all positions that have been prepared',
  description:
    'In the room before the report is adopted, in writing later. They may be revised until the outcome is adopted.',
  params: byId,
  idempotent: true,
  dryRun: true,
  returns: z
    .strictObject({ given: z.int(), revised: z.int(), unanswered: z.int() })
    .meta({ id: 'PositionsGiven' }),
  status: 200,
  problems: [...ACTING, 'nothing-to-submit', 'unknown-kind'],
});
