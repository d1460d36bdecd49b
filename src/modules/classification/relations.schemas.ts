import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { relatedSchema } from '../record/index.js';

const { byId, instant, iso3, side, uuid, words } = fields;

const repeat = z
  .strictObject({
    of: relatedSchema.extend({ text: words, recommendingStates: z.array(iso3) }),
    proposed: z
      .strictObject({
        by: z.literal('machine'),
        similarity: z.number().min(0).max(1).meta({
          description: '1: the same words; what every recommendation says hardly counts',
          example: 0.88,
        }),
      })
      .nullable(),
    decided: z
      .strictObject({ by: z.literal('human'), repeats: z.boolean(), side, at: instant })
      .nullable(),
    text: z.enum(['same', 'changed']),
    states: z
      .enum(['same', 'some', 'other'])
      .nullable()
      .meta({ description: 'Whether the same States recommend it; null where one names none' }),
  })
  .meta({ id: 'Repeat' });
const relations = z
  .strictObject({
    recommendationId: uuid,
    repeats: z.array(repeat).meta({
      description: 'What it repeats, may repeat, or was found not to repeat, the likest first',
    }),
    earlier: z
      .array(relatedSchema)
      .meta({ description: 'What it repeats, and what that repeats, the latest cycle first' }),
    cycles: z.int().min(1).meta({ description: 'In how many cycles it was recommended' }),
    version: z
      .int()
      .min(0)
      .meta({ description: '0 when nothing has been decided; send it in If-Match' }),
  })
  .meta({ id: 'Relations' });

export const getRelations = operation({
  id: 'getRelations',
  method: 'GET',
  path: '/v1/recommendations/{id}/relations',
  tag: 'recommendations',
  summary: 'Which recommendations of earlier cycles it repeats, and which it may',
  description:
    'Proposed by the likeness of their words, of what the record tells of the same State; a person ' +
    'confirms or dismisses.',
  params: byId,
  returns: relations,
});
export const putRelation = operation({
  id: 'putRelation',
  method: 'PUT',
  path: '/v1/recommendations/{id}/relations',
  tag: 'recommendations',
  summary: 'Say whether it repeats a recommendation of an earlier cycle',
  description:
    'Also of one that was not proposed. The record says what a published one repeats. ' +
    '`If-Match: "0"` for the first.',
  params: byId,
  ifMatch: true,
  body: z
    .strictObject({ of: uuid.meta({ description: 'Its id in the record' }), repeats: z.boolean() })
    .meta({
      id: 'RepeatVerdict',
      example: { of: '0192d3c4-5e6f-7a8b-9c0d-1e2f3a4b5c6d', repeats: true },
    }),
  returns: relations,
  problems: [
    'wrong-role',
    'permission-missing',
    'wrong-stage',
    'withdrawn',
    'not-earlier',
    'already-given',
  ],
});
