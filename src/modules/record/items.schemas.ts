import { z } from 'zod';
import { instant, iso3, language, side, uuid } from '../../platform/http/fields.js';

/** What the record says of each kind of item. */
const position = z
  .string()
  .meta({ description: 'In the procedure’s vocabulary', example: 'supported' });

export const recordProceeding = z
  .strictObject({
    id: uuid,
    mechanism: z.string(),
    mechanismVersion: z.int(),
    state: iso3,
    cycle: z.int(),
    session: z.int(),
    status: z.string().meta({ description: 'The stage that it has reached' }),
    statusSince: instant,
    dialogue: z.strictObject({ startsAt: instant, endsAt: instant }),
    participants: z.array(z.strictObject({ role: z.string(), side })),
    outcome: z
      .strictObject({
        adoptedAt: instant,
        recommendations: z.int(),
        positions: z.record(z.string(), z.int()),
      })
      .nullable(),
  })
  .meta({ id: 'RecordProceeding' });
export const withdrawn = z
  .strictObject({
    at: instant,
    parts: z
      .array(z.string())
      .meta({ description: 'Fields; `files`, `files/2`, `files/2/fr` or `files/fr`' }),
  })
  .meta({
    id: 'Withdrawn',
    description:
      'What was taken out of the record for safety, for good; its texts read `[withdrawn]`',
  });
const recordText = z.strictObject({
  language,
  standing: z.enum(['original', 'official', 'courtesy', 'machine']),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  words: z.int(),
});
export const recordDocument = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    state: iso3,
    session: z.int(),
    kind: z.string(),
    title: z.string(),
    symbol: z.string().nullable(),
    by: z.strictObject({ side: side.nullable(), name: z.string() }),
    filedBy: side.nullable().meta({ description: 'Who filed it on that side’s behalf' }),
    late: z.boolean(),
    overLimit: z.boolean(),
    submittedAt: instant,
    versions: z.array(
      z.strictObject({
        n: z.int(),
        by: side.nullable(),
        reason: z.string().nullable().meta({ description: 'Why it was corrected' }),
        submittedAt: instant,
        texts: z.array(recordText),
      }),
    ),
    withdrawn: withdrawn.optional(),
  })
  .meta({ id: 'RecordDocument' });
export const recordRecommendation = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    mechanism: z.string(),
    state: iso3,
    cycle: z.int(),
    session: z.int(),
    label: z.string(),
    text: z.string(),
    recommendingStates: z.array(iso3),
    filedBy: side.nullable().meta({ description: 'Who filed it on their behalf' }),
    position: position.nullable().meta({ description: 'Null until the State has answered' }),
    statedPosition: z.string().nullable().meta({ description: 'In the State’s own words' }),
    comment: z.string().nullable(),
    deemed: z.boolean().meta({ description: 'The State was silent; the rules speak for it' }),
    givenIn: z.string().nullable(),
    withdrawn: withdrawn.optional(),
  })
  .meta({ id: 'RecordRecommendation' });
export const recordChange = z
  .strictObject({
    sequence: z.int(),
    at: instant,
    what: z.enum(['published', 'updated', 'withdrawn']).meta({
      description: '`withdrawn`: replace your copy by what the item says now',
    }),
    kind: z.enum(['proceeding', 'document', 'recommendation', 'speaker', 'question']),
    id: uuid,
    href: z.string(),
  })
  .meta({ id: 'RecordChange' });
