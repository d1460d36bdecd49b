import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, wholeQuery } from '../../platform/http/paging.js';
import { maskedSide } from '../record/index.js';
import { ACTING, label, text, withActions, wordingStatus } from './recommendations.schemas.js';

const { actingSide, byId, instant, iso3, prose, uuid, words } = fields;

const n = z.coerce
  .number()
  .int()
  .min(1)
  .max(10_000)
  .meta({ example: 2 })
  .meta({ description: 'The number of the text' });
const byNumber = z.strictObject({ id: uuid, n });
const reason = prose(1000).meta({ description: 'For everybody to read' });
const answering = z
  .strictObject({ accept: z.boolean(), as: actingSide })
  .meta({ id: 'WordingAnswer', example: { accept: true } });

const wording = z
  .strictObject({
    n: z.int().meta({ example: 2 }),
    kind: z
      .enum(['made', 'amendment', 'delivered', 'editorial', 'corrigendum', 'split'])
      .meta({ example: 'amendment' }),
    by: maskedSide.meta({ description: 'Who wrote it down' }),
    texts: z
      .array(words)
      .meta({ description: 'One; of a split, the parts', example: ['Ratify the convention'] }),
    reason: words.nullable(),
    replaces: z.int().nullable().meta({ description: 'The wording that stood', example: 1 }),
    status: wordingStatus,
    proposedAt: instant,
    settledAt: instant.nullable(),
    decidedBy: maskedSide.nullable().meta({
      description: 'Who split it, or did not',
      example: 'secretariat:upr',
    }),
    decision: words.nullable().meta({
      description: 'Why',
      example: 'The parts are clear',
    }),
    answers: z.array(z.strictObject({ state: iso3, accepted: z.boolean(), answeredAt: instant })),
  })
  .meta({ id: 'Wording' });
const ofSplit = z
  .strictObject({
    as: z.enum(['whole', 'part']).meta({ description: 'What the other one is', example: 'part' }),
    recommendationId: uuid,
    label: label.nullable(),
    text: words,
    status: withActions.shape.status.meta({ example: 'submitted' }),
    publicId: uuid.nullable(),
  })
  .meta({ id: 'SplitEnd' });

/** Acts on the words of a recommendation; what was withdrawn for safety has none. */
const WORDS = [...ACTING, 'not-offered', 'withdrawn', 'unknown-kind'] as const;
const ANSWER = [...WORDS, 'side-ambiguous', 'wording-settled', 'already-given'] as const;

export const listAmendments = operation({
  id: 'listAmendments',
  method: 'GET',
  path: '/v1/recommendations/{id}/amendments',
  tag: 'recommendations',
  summary: 'Every text that a recommendation had, or was to have, with who agreed',
  description:
    'In order; from the first over each that replaced it, the adopted ones lead to what stands. One ' +
    'that is only proposed, or was refused, is shown to its States and to who proposed it alone.',
  params: byId,
  query: wholeQuery,
  returns: pageOf(wording).meta({ id: 'Amendments' }),
});
export const proposeAmendment = operation({
  id: 'proposeAmendment',
  method: 'POST',
  path: '/v1/recommendations/{id}/amendments',
  tag: 'recommendations',
  summary: 'Propose another text for a recommendation that my State makes',
  description:
    'It stands when every State that confirmed the recommendation has agreed; of one State alone, at ' +
    'once. The secretariat may propose an editorial correction, which needs the same. After the ' +
    'adoption of the report a State may still correct its own, until a deadline of the procedure.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  body: z.strictObject({ text, reason, as: actingSide }).meta({
    id: 'Amendment',
    example: { text: 'Ratify the Optional Protocol without delay', reason: 'A word was missing' },
  }),
  returns: withActions,
  status: 201,
  problems: [...WORDS, 'side-ambiguous', 'text-unchanged', 'too-late'],
});
export const answerAmendment = operation({
  id: 'answerAmendment',
  method: 'POST',
  path: '/v1/recommendations/{id}/amendments/{n}/answers',
  tag: 'recommendations',
  summary: 'Agree for my State to another text, or to parts, or refuse them',
  description:
    'By a State that stands under the recommendation. One refusal ends an amendment; until it is ' +
    'settled, an answer may be changed.',
  params: byNumber,
  idempotent: true,
  body: answering,
  returns: withActions,
  status: 200,
  problems: [...ANSWER, 'too-late'],
});
export const recordDelivered = operation({
  id: 'recordDelivered',
  method: 'POST',
  path: '/v1/recommendations/{id}/delivered',
  tag: 'recommendations',
  summary: 'Record the text as it was heard in the room (the secretariat)',
  description:
    'It stands beside the text as it was sent. Its States confirm it or object; without the word of ' +
    'all of them, what they agreed to before stands in the report.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  body: z.strictObject({ text }).meta({
    id: 'Delivered',
    example: { text: 'Ratify the Optional Protocol as soon as possible' },
  }),
  returns: withActions,
  status: 201,
  problems: [...WORDS, 'side-ambiguous'],
});
export const answerDelivered = operation({
  id: 'answerDelivered',
  method: 'POST',
  path: '/v1/recommendations/{id}/delivered/answers',
  tag: 'recommendations',
  summary: 'Confirm for my State the text that was heard, or object to it',
  description: 'It takes the place of the one that was sent when all its States have confirmed it.',
  params: byId,
  idempotent: true,
  body: z
    .strictObject({ confirm: z.boolean(), as: actingSide })
    .meta({ id: 'DeliveredAnswer', example: { confirm: true } }),
  returns: withActions,
  status: 200,
  problems: ANSWER,
});
export const withdrawRecommendation = operation({
  id: 'withdrawRecommendation',
  method: 'POST',
  path: '/v1/recommendations/{id}/withdraw',
  tag: 'recommendations',
  summary: 'Withdraw my State from a recommendation',
  description:
    'Its name falls away; the recommendation falls with the last one. Nobody does it for another, and ' +
    'the State under review never.',
  params: byId,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({ as: actingSide })
    .meta({ id: 'RecommenderWithdrawal', example: { as: 'state:KEN' } }),
  returns: withActions,
  status: 200,
  problems: [...WORDS, 'side-ambiguous', 'already-given'],
});
export const askSplit = operation({
  id: 'askSplit',
  method: 'POST',
  path: '/v1/recommendations/{id}/splits',
  tag: 'recommendations',
  summary: 'Ask that a recommendation be split into parts (the State under review)',
  description:
    'Where its parts are clear, so that each is answered for itself. Nothing changes until its States ' +
    'have agreed to the parts, and it is decided.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  body: z.strictObject({ parts: z.array(text).min(2).max(12), reason }).meta({
    id: 'SplitRequest',
    example: {
      parts: ['Ratify the Optional Protocol', 'Abolish the death penalty'],
      reason: 'The first is supported, the second is not',
    },
  }),
  returns: withActions,
  status: 201,
  problems: [...WORDS, 'side-ambiguous', 'already-split'],
});
export const decideSplit = operation({
  id: 'decideSplit',
  method: 'POST',
  path: '/v1/recommendations/{id}/splits/{n}/decision',
  tag: 'recommendations',
  summary: 'Split a recommendation, or decline to (the secretariat, the troika)',
  description:
    'Only into parts that all its States agreed to. The parts are labelled as is said, else like the ' +
    'whole with a letter; the whole stays to be read.',
  params: byNumber,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      grant: z.boolean(),
      reason,
      labels: z.array(label).min(2).max(12).optional(),
      as: actingSide,
    })
    .meta({ id: 'SplitDecision', example: { grant: true, reason: 'The parts are clear' } }),
  returns: withActions,
  status: 200,
  problems: [
    ...WORDS,
    'side-ambiguous',
    'already-split',
    'wording-settled',
    'agreement-missing',
    'already-exists',
  ],
});
export const listParts = operation({
  id: 'listParts',
  method: 'GET',
  path: '/v1/recommendations/{id}/parts',
  tag: 'recommendations',
  summary: 'The parts of a recommendation that was split, and the whole of a part',
  description: 'The whole first, then the parts in their order.',
  params: byId,
  query: wholeQuery,
  returns: pageOf(ofSplit).meta({ id: 'SplitEnds' }),
});
