import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { handedOver, received } from '../proceedings/index.js';
import { maskedSide, withdrawnSchema } from '../record/index.js';
import { LISTS } from './lists.rules.js';

const { action, byId, date, instant, iso3, line, localTime, side, uuid, version, words, zone } =
  fields;

export const list = z
  .enum(LISTS)
  .meta({ description: 'States in the dialogue, or in the plenary; organizations there' });
export const seconds = z.int().min(0).max(86_400);
const joint = z.strictObject({
  state: iso3,
  status: z.enum(['invited', 'confirmed', 'declined', 'lapsed']),
});
const accreditation = z
  .enum(['ecosoc', 'nhri-a'])
  .meta({ description: 'Consultative status, or a national institution of A status' });
const statement = z
  .strictObject({
    beganAt: instant,
    endedAt: instant.nullable().meta({ description: 'Null while it is being made' }),
    seconds: seconds.meta({ description: 'How long it took; 0 while it is being made' }),
    cut: z.boolean().meta({ description: 'The microphone was cut when its time was over' }),
    text: words.nullable(),
  })
  .meta({ id: 'Statement' });

export const speaker = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    list,
    part: z
      .enum(['opening', 'intermediate', 'closing'])
      .nullable()
      .meta({ description: 'Of the time of the State under review' }),
    side: maskedSide,
    name: words,
    filedBy: maskedSide.meta({ description: 'Differs from `side` when registered on its behalf' }),
    states: z.array(joint).meta({ description: 'In whose name it speaks as well' }),
    accreditation: z
      .strictObject({ status: accreditation, confirmed: z.boolean().nullable() })
      .nullable()
      .meta({ description: 'What an organization declared, and what the secretariat said to it' }),
    class: z
      .enum(['member', 'observer'])
      .nullable()
      .meta({ description: 'Of the body, on the day of the dialogue; known when the list closes' }),
    seconds: seconds.nullable().meta({ description: 'How long it may speak' }),
    place: z
      .int()
      .nullable()
      .meta({ description: 'Null until the order is settled, and of whom you may not learn' }),
    status: z.enum(['registered', 'listed', 'not-drawn', 'left']),
    registeredAt: instant.nullable().meta({ description: 'For the side that did it alone' }),
    statement: statement.nullable(),
    publicId: uuid.nullable(),
    version,
  })
  .meta({ id: 'Speaker' });
export const speakerWithActions = speaker
  .extend({ withdrawn: withdrawnSchema.nullable(), actions: z.array(action) })
  .meta({ id: 'SpeakerWithActions' });
const moment = z.strictObject({ at: instant, local: localTime, zone }).meta({ id: 'Moment' });
export const swap = z
  .strictObject({
    id: uuid,
    from: uuid.meta({ description: 'The speaker who proposed it' }),
    with: uuid.meta({ description: 'The speaker who is asked' }),
    status: z.enum(['proposed', 'accepted', 'declined', 'lapsed']),
    proposedAt: instant,
    answeredAt: instant.nullable(),
  })
  .meta({ id: 'Swap' });
const byHand = {
  drawnOn: date,
  meeting: line(300),
  witnesses: z.array(line(200)).min(1).max(20),
};
const drawnKey = line(60).meta({ example: 'K' });

export const speakersList = z
  .strictObject({
    list,
    status: z.enum(['not-open', 'open', 'draw-needed', 'settled']),
    opens: moment.nullable(),
    closes: moment.nullable(),
    most: z.int().nullable().meta({ description: 'How many may speak; null: everybody' }),
    time: z
      .strictObject({
        member: seconds,
        observer: seconds,
        membersKnown: z
          .boolean()
          .meta({ description: 'Somebody’s term on the body was on record that day' }),
      })
      .nullable()
      .meta({ description: 'What each may speak; shared out once, when the list closes' }),
    draw: z
      .strictObject({
        drawn: z.array(drawnKey),
        lot: uuid.nullable(),
        byHand: z.strictObject(byHand).nullable(),
      })
      .nullable(),
    speakers: z.array(speaker).meta({ description: 'By place, then alphabetically in English' }),
    swaps: z.array(swap),
    version: z.int().min(0).meta({ description: 'Of the list; 0 until it closes or is drawn' }),
    actions: z.array(action),
  })
  .meta({ id: 'SpeakersList' });

/** To whoever may not act. */
export const ACTING = ['wrong-role', 'permission-missing'] as const;
const tag = 'dialogue';

export const listSpeakers = operation({
  id: 'listSpeakers',
  method: 'GET',
  path: '/v1/reviews/{id}/speakers',
  tag,
  summary: 'A list of speakers, as far as I may see it',
  description:
    'It opens and closes at instants counted from the session. From its closing on it is public, ' +
    'in `/v1/record/speakers`. `draw-needed`: its order waits for a draw.',
  params: byId,
  query: z.strictObject({ list: list.default('dialogue').meta({ description: 'Which list' }) }),
  returns: speakersList,
  problems: ['not-offered'],
});
export const registerSpeaker = operation({
  id: 'registerSpeaker',
  method: 'POST',
  path: '/v1/reviews/{id}/speakers',
  tag,
  summary: 'Register on a list of speakers, while it is open',
  description:
    'When one registers decides nothing: the order is drawn, or the alphabet’s. `with` names States ' +
    'of a joint statement, which takes the time of one; each confirms for itself. Who asked in time by ' +
    'other means (`received`) is taken until somebody has a place or was drawn, or the sitting begins.',
  params: byId,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      list: list.default('dialogue'),
      with: z.array(iso3).max(60).default([]),
      accreditation: accreditation.optional(),
      as: fields.actingSide,
      onBehalfOf: side.optional(),
      received: received.optional(),
    })
    .refine(...handedOver)
    .meta({ id: 'Registration', example: { list: 'dialogue' } }),
  returns: speakerWithActions,
  status: 201,
  location: '/v1/speakers/{id}',
  problems: [
    ...ACTING,
    'side-ambiguous',
    'conflict-of-interest',
    'unknown-side',
    'unknown-state',
    'already-exists',
    'list-not-open',
    'list-closed',
    'receipt-impossible',
    'not-offered',
  ],
});
export const recordSpeakersDraw = operation({
  id: 'recordSpeakersDraw',
  method: 'POST',
  path: '/v1/reviews/{id}/speakers/draw',
  tag,
  summary: 'Record what was drawn by hand for a list of speakers',
  description:
    'Of the dialogue the letter, or the State, from which the alphabet begins. Of the plenary, where ' +
    'more have registered than may speak, those who were drawn, in order, as sides; one whose side ' +
    'was withdrawn as `id:` and its id.',
  params: byId,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      list: list.default('dialogue'),
      drawn: z.array(drawnKey).min(1).max(200),
      ...byHand,
    })
    .meta({
      id: 'SpeakersDraw',
      example: {
        list: 'dialogue',
        drawn: ['K'],
        drawnOn: '2027-04-30',
        meeting: 'Meeting with the delegations',
        witnesses: ['Secretary of the Council'],
      },
    }),
  returns: speakersList,
  status: 200,
  problems: [...ACTING, 'already-given', 'draw-invalid', 'list-open', 'not-offered'],
});
export const getSpeaker = operation({
  id: 'getSpeaker',
  method: 'GET',
  path: '/v1/speakers/{id}',
  tag,
  summary: 'A speaker, with the statement',
  description: '`actions` says what I could do now.',
  params: byId,
  returns: speakerWithActions,
  problems: ['not-offered'],
});
export const leaveList = operation({
  id: 'leaveList',
  method: 'DELETE',
  path: '/v1/speakers/{id}',
  tag,
  summary: 'Leave a list of speakers',
  description: 'After the closing nobody else’s time changes by it, and one cannot come back.',
  params: byId,
  ifMatch: true,
  returns: speakerWithActions,
  status: 200,
  problems: [...ACTING, 'already-spoken', 'already-given', 'not-offered'],
});
export const confirmSpeaker = operation({
  id: 'confirmSpeaker',
  method: 'POST',
  path: '/v1/speakers/{id}/confirm',
  tag,
  summary: 'Confirm, or decline, that it speaks in the name of my State too',
  description:
    'A State that has not confirmed when the list closes falls away; one that has may decline until then.',
  params: byId,
  idempotent: true,
  body: z
    .strictObject({ confirm: z.boolean().default(true), as: fields.actingSide })
    .meta({ id: 'JointConfirmation', example: { confirm: true } }),
  returns: speakerWithActions,
  status: 200,
  problems: [...ACTING, 'side-ambiguous', 'already-given', 'list-closed', 'not-offered'],
});
