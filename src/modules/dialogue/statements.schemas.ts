import { z } from 'zod';
import { byId, instant, prose } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { OCCASIONS } from './lists.rules.js';
import { ACTING, list, seconds, speaker, speakerWithActions } from './speakers.schemas.js';

const tag = 'dialogue';
const occasion = z
  .enum(OCCASIONS)
  .default('dialogue')
  .meta({ description: 'The dialogue, or the plenary that considers the outcome' });
const at = instant.optional().meta({ description: 'Now, unless another instant is named' });
const HOLDING = [...ACTING, 'wrong-stage', 'too-early', 'dates-in-disorder'] as const;

const spent = {
  seconds: seconds.meta({ description: 'In all' }),
  used: seconds,
  rest: seconds,
};
const dialogue = z
  .strictObject({
    occasion,
    startsAt: instant.nullable(),
    endsAt: instant.nullable(),
    now: speaker.nullable().meta({ description: 'Who has the floor' }),
    rest: seconds.nullable().meta({ description: 'What is left of the time of who has the floor' }),
    next: speaker.nullable(),
    stateUnderReview: z.strictObject({ ...spent, parts: z.array(speaker) }),
    lists: z.array(
      z.strictObject({
        list,
        ...spent,
        spoken: z.int(),
        waiting: z.int().meta({ description: 'Who has a place and has not spoken' }),
      }),
    ),
    left: seconds.meta({ description: 'What is left of the whole' }),
  })
  .meta({ id: 'Dialogue' });

export const getDialogue = operation({
  id: 'getDialogue',
  method: 'GET',
  path: '/v1/reviews/{id}/dialogue',
  tag,
  summary: 'Who has the floor, who is next, and how much time is left: the chair’s view',
  description: 'Of the dialogue in the Working Group, or of the hour in the plenary.',
  params: byId,
  query: z.strictObject({ occasion }),
  returns: dialogue,
  problems: ['not-offered'],
});
export const beginPart = operation({
  id: 'beginPart',
  method: 'POST',
  path: '/v1/reviews/{id}/statements',
  tag,
  summary: 'Give the floor to the State under review (the secretariat, the president)',
  description: 'It divides its time itself: opening, in between as often as it likes, closing.',
  params: byId,
  idempotent: true,
  body: z
    .strictObject({ occasion, part: speaker.shape.part.unwrap(), at })
    .meta({ id: 'NewPart', example: { occasion: 'dialogue', part: 'opening' } }),
  returns: speakerWithActions,
  status: 201,
  location: '/v1/speakers/{id}',
  problems: [...HOLDING, 'somebody-speaks', 'not-offered'],
});
export const beginStatement = operation({
  id: 'beginStatement',
  method: 'POST',
  path: '/v1/speakers/{id}/begin',
  tag,
  summary: 'Give somebody the floor (the secretariat, the president)',
  description: 'One has it at a time. Who is not there is passed over, and may still come.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  body: z.strictObject({ at }).meta({ id: 'Floor', example: {} }),
  returns: speakerWithActions,
  status: 200,
  problems: [...HOLDING, 'somebody-speaks', 'already-spoken', 'no-place', 'not-offered'],
});
export const endStatement = operation({
  id: 'endStatement',
  method: 'POST',
  path: '/v1/speakers/{id}/end',
  tag,
  summary: 'Record that a statement has ended (the secretariat, the president)',
  description: 'The time used is counted, unless it is named. The statement is public from now on.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  body: z
    .strictObject({ at, seconds: seconds.optional(), cut: z.boolean().default(false) })
    .meta({ id: 'StatementEnd', example: { seconds: 178, cut: false } }),
  returns: speakerWithActions,
  status: 200,
  problems: [...HOLDING, 'not-speaking', 'not-offered'],
});
export const correctStatement = operation({
  id: 'correctStatement',
  method: 'PATCH',
  path: '/v1/speakers/{id}/statement',
  tag,
  summary: 'Correct what was recorded of a statement (the secretariat, the president)',
  description: 'Of one that has ended; the journal keeps that it was corrected.',
  params: byId,
  ifMatch: true,
  body: z
    .strictObject({
      beganAt: instant.optional(),
      endedAt: instant.optional(),
      seconds: seconds.optional(),
      cut: z.boolean().optional(),
    })
    .meta({ id: 'StatementCorrection', example: { seconds: 180, cut: true } }),
  returns: speakerWithActions,
  problems: [...ACTING, 'wrong-stage', 'not-speaking', 'dates-in-disorder', 'not-offered'],
});
export const putStatementText = operation({
  id: 'putStatementText',
  method: 'PUT',
  path: '/v1/speakers/{id}/text',
  tag,
  summary: 'Publish the words of a statement that was made (who made it, the secretariat)',
  description:
    'They take the place of what stood there. Public at once. Of a statement in the dialogue its side ' +
    'may change them until the editorial changes to the report are over.',
  params: byId,
  ifMatch: true,
  body: z
    .strictObject({ text: prose(30_000) })
    .meta({ id: 'StatementText', example: { text: 'Slovenia thanks all delegations.' } }),
  returns: speakerWithActions,
  problems: [...ACTING, 'not-speaking', 'too-late', 'withdrawn', 'not-offered'],
});
