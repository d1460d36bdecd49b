import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { handedOver, received } from '../proceedings/index.js';
import { maskedSide, withdrawnSchema } from '../record/index.js';

const { action, byId, code, instant, iso3, line, prose, side, uuid, version, words } = fields;
const text = prose(4000, 3);
const answeredIn = z
  .enum(['report', 'dialogue', 'writing'])
  .meta({ description: 'In its report, in the room, or in the words given here' });

const question = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    filingId: uuid.meta({ description: 'Those filed together share it' }),
    side: maskedSide,
    filedBy: maskedSide.meta({ description: 'Differs from `side` when filed on its behalf' }),
    group: words
      .nullable()
      .meta({ description: 'In whose name they ask as well', example: 'the Nordic-Baltic Eight' }),
    askingStates: z.array(
      z.strictObject({
        state: iso3,
        status: z.enum(['invited', 'confirmed', 'declined', 'lapsed']),
      }),
    ),
    text: words,
    filedAt: instant.meta({ description: 'Or when it was received by other means' }),
    relayedAt: instant.nullable(),
    n: z.int().nullable().meta({ description: 'Its number among those relayed' }),
    cluster: words.nullable().meta({ description: 'The title under which it was relayed' }),
    answered: z.strictObject({ in: answeredIn, at: instant, text: words.nullable() }).nullable(),
    publicId: uuid.nullable(),
    version,
  })
  .meta({ id: 'Question' });
const withActions = question
  .extend({ withdrawn: withdrawnSchema.nullable(), actions: z.array(action) })
  .meta({ id: 'QuestionWithActions' });
const cluster = z.strictObject({
  title: line(300).meta({ example: 'Independence of the judiciary' }),
  questions: z.array(uuid).min(1).max(1000),
});
const clustering = z
  .strictObject({
    clusters: z.array(cluster),
    proposedBy: code.nullable().meta({ description: 'The role' }),
    at: instant.nullable(),
    version: z
      .int()
      .min(0)
      .meta({ description: '0 while nobody has grouped them; send it in If-Match' }),
  })
  .meta({ id: 'Clusters' });

const ACTING = ['wrong-role', 'permission-missing', 'wrong-stage'] as const;
const tag = 'questions';

export const fileQuestions = operation({
  id: 'fileQuestions',
  method: 'POST',
  path: '/v1/reviews/{id}/questions',
  tag,
  summary: 'Ask the State under review in advance, one question or several at once',
  description:
    'Until the deadline `advance-questions`. Until they are relayed, only those who ask them see them, ' +
    'and those who relay them; then everybody does, and what is asked from then on is relayed ' +
    'at once. `with` names States that ask too, each of which confirms before that; `group` one in ' +
    'whose name they are asked. What a State handed over in time by other means (`received`) is ' +
    'taken until the dialogue begins.',
  params: byId,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      questions: z.array(text).min(1).max(50),
      with: z.array(iso3).max(60).default([]),
      group: line(200).optional(),
      as: fields.actingSide,
      onBehalfOf: side.optional(),
      received: received.optional(),
    })
    .refine(...handedOver)
    .meta({
      id: 'NewQuestions',
      example: { questions: ['Which steps were taken to ratify the Optional Protocol?'] },
    }),
  returns: z
    .strictObject({ filingId: uuid, questions: z.array(question) })
    .meta({ id: 'QuestionsFiled' }),
  status: 201,
  problems: [
    ...ACTING,
    'side-ambiguous',
    'unknown-side',
    'unknown-state',
    'too-late',
    'receipt-impossible',
    'not-offered',
  ],
});
export const listQuestions = operation({
  id: 'listQuestions',
  method: 'GET',
  path: '/v1/reviews/{id}/questions',
  tag,
  summary: 'The advance questions of a review that I may see',
  description: 'As they were relayed; then as they were filed.',
  params: byId,
  query: z.strictObject({
    ...pageQuery,
    askingState: iso3.optional().meta({ description: 'A State that asks' }),
  }),
  returns: pageOf(question).meta({ id: 'Questions' }),
});
export const getQuestion = operation({
  id: 'getQuestion',
  method: 'GET',
  path: '/v1/questions/{id}',
  tag,
  summary: 'An advance question',
  description: '`actions` says what I could do with it now.',
  params: byId,
  returns: withActions,
});
export const confirmQuestion = operation({
  id: 'confirmQuestion',
  method: 'POST',
  path: '/v1/questions/{id}/confirm',
  tag,
  summary: 'Confirm, or decline, that my State asks it too, and those filed with it',
  description:
    'A State that has not confirmed when they are relayed falls away; one that has may decline until then.',
  params: byId,
  idempotent: true,
  body: z
    .strictObject({ confirm: z.boolean().default(true), as: fields.actingSide })
    .meta({ id: 'AskingConfirmation', example: { confirm: true } }),
  returns: withActions,
  status: 200,
  problems: [...ACTING, 'side-ambiguous', 'already-given', 'not-offered'],
});
export const answerQuestion = operation({
  id: 'answerQuestion',
  method: 'PUT',
  path: '/v1/questions/{id}/answer',
  tag,
  summary: 'Say where it was answered (the State under review)',
  description:
    'It is free to choose which it answers, and how. Public at once; `null` takes it back.',
  params: byId,
  ifMatch: true,
  body: z
    .strictObject({
      in: answeredIn.nullable(),
      text: prose(10_000).optional(),
    })
    .meta({ id: 'QuestionAnswer', example: { in: 'writing', text: 'A bill is being drafted.' } }),
  returns: withActions,
  problems: [...ACTING, 'withdrawn', 'not-offered'],
});
export const getClusters = operation({
  id: 'getClusters',
  method: 'GET',
  path: '/v1/reviews/{id}/clusters',
  tag,
  summary: 'How the advance questions of a review are grouped',
  description: 'Before everybody when they are relayed; until then, before the troika.',
  params: byId,
  returns: clustering,
});
export const putClusters = operation({
  id: 'putClusters',
  method: 'PUT',
  path: '/v1/reviews/{id}/clusters',
  tag,
  summary: 'Group the advance questions (the troika, the secretariat)',
  description:
    'Takes the place of the grouping before. What is in no group is relayed after the others.',
  params: byId,
  ifMatch: true,
  body: z.strictObject({ clusters: z.array(cluster).max(100) }).meta({
    id: 'NewClusters',
    example: {
      clusters: [{ title: 'Judiciary', questions: ['8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10'] }],
    },
  }),
  returns: clustering,
  problems: [...ACTING, 'unknown-question', 'not-offered'],
});
