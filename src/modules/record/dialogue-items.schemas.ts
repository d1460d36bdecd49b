import { z } from 'zod';
import { code, instant, iso3, side, uuid, words } from '../../platform/http/fields.js';
import { withdrawn } from './items.schemas.js';

/** What the record says of a speaker, with the statement that was made. */
export const recordSpeaker = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    mechanism: code,
    state: iso3.meta({ description: 'The State under review' }),
    session: z.int(),
    list: z.enum(['dialogue', 'plenary', 'stakeholders']),
    part: z
      .enum(['opening', 'intermediate', 'closing'])
      .nullable()
      .meta({ description: 'Of the time of the State under review' }),
    place: z.int().nullable().meta({
      description: 'Null until the order is settled, and where whose it is was withdrawn',
    }),
    by: z.strictObject({ side: side.nullable(), name: words }),
    filedBy: side.nullable().meta({ description: 'Who registered it on that side’s behalf' }),
    states: z.array(iso3).meta({ description: 'In whose name it speaks as well' }),
    class: z.enum(['member', 'observer']).nullable().meta({ description: 'Of the body' }),
    seconds: z.int().nullable().meta({ description: 'How long it may speak' }),
    status: z.enum(['registered', 'listed', 'not-drawn', 'left']),
    statement: z
      .strictObject({
        beganAt: instant,
        endedAt: instant,
        seconds: z.int().meta({ description: 'How long it spoke' }),
        cut: z.boolean().meta({ description: 'The microphone was cut when its time was over' }),
        text: words.nullable(),
      })
      .nullable(),
    withdrawn: withdrawn.optional(),
  })
  .meta({ id: 'RecordSpeaker' });
export const recordQuestion = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    mechanism: code,
    state: iso3.meta({ description: 'The State under review, which is asked' }),
    session: z.int(),
    n: z.int().meta({ description: 'In the order in which they were relayed' }),
    cluster: words.nullable().meta({ description: 'The troika’s title for it' }),
    text: words,
    askingStates: z.array(iso3),
    group: words
      .nullable()
      .meta({ description: 'In whose name they ask as well', example: 'the Nordic-Baltic Eight' }),
    filedBy: side.nullable().meta({ description: 'Who filed it on their behalf' }),
    relayedAt: instant,
    answered: z
      .strictObject({
        in: z.enum(['report', 'dialogue', 'writing']),
        at: instant,
        text: words.nullable(),
      })
      .nullable()
      .meta({ description: 'The State is free to choose what it answers' }),
    withdrawn: withdrawn.optional(),
  })
  .meta({ id: 'RecordQuestion' });
