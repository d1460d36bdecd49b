import { z } from 'zod';
import { ALGORITHMS } from '../../kernel/lots.js';
import * as fields from '../../platform/http/fields.js';
import { reservations, withdrawnRecommendations } from './page-items.schemas.js';
import { howWorded } from './wording-items.schemas.js';

const {
  code,
  date,
  instant,
  iso3,
  language,
  mediaType,
  sha256,
  side,
  uuid,
  version,
  words,
  written,
} = fields;

/** What the record says of each kind of item. */
const position = code.meta({ description: 'In the procedure’s vocabulary', example: 'supported' });

export const recordProceeding = z
  .strictObject({
    id: uuid,
    mechanism: code,
    mechanismVersion: z.int(),
    state: iso3,
    cycle: z.int(),
    session: z.int(),
    status: code.meta({ description: 'The stage that it has reached' }),
    statusSince: instant,
    dialogue: z.strictObject({ startsAt: instant, endsAt: instant }),
    participants: z.array(z.strictObject({ role: code, side })),
    outcome: z
      .strictObject({
        adoptedAt: instant,
        recommendations: z.int(),
        positions: z.record(code, z.int()),
      })
      .nullable(),
    reservations,
    withdrawnRecommendations,
    predecessor: uuid.optional().meta({
      description: 'The review of the same State in the cycle before, where the record has one',
    }),
  })
  .meta({ id: 'RecordProceeding' });
/** A field, or files of some version or language. */
export const withdrawnPart = written(/^[A-Za-z]+(\/[A-Za-z0-9-]+){0,2}$/);
export const withdrawn = z
  .strictObject({
    at: instant,
    parts: z
      .array(withdrawnPart)
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
  mediaType,
  bytes: z.int(),
  sha256,
  words: z.int(),
});
export const recordDocument = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    state: iso3,
    session: z.int(),
    kind: code,
    title: words,
    symbol: words.nullable(),
    by: z.strictObject({ side: side.nullable(), name: words }),
    partners: z
      .array(z.strictObject({ side, name: words }))
      .optional()
      .meta({ description: 'Who filed it with them, and is named; absent where nobody is' }),
    filedBy: side.nullable().meta({ description: 'Who filed it on that side’s behalf' }),
    late: z.boolean(),
    overLimit: z.boolean(),
    submittedAt: instant,
    versions: z.array(
      z.strictObject({
        n: z.int(),
        by: side.nullable(),
        reason: words.nullable().meta({ description: 'Why it was corrected' }),
        submittedAt: instant,
        texts: z.array(recordText),
      }),
    ),
    withdrawn: withdrawn.optional(),
  })
  .meta({ id: 'RecordDocument' });
/** A code of what is said of a recommendation: `education`, `5` or `5.2`. */
export const saidCode = written(/^[a-z0-9]+([.-][a-z0-9]+)*$/).meta({ example: 'education' });
const facet = z.strictObject({
  vocabulary: code.meta({
    description: 'In which the codes are; see `/v1/vocabularies`',
    example: 'ohchr-themes',
  }),
  codes: z.array(saidCode),
  by: z.enum(['machine', 'human']).meta({
    description: '`machine`: proposed, and confirmed by nobody; `human`: confirmed or corrected',
  }),
});
/** What stands of a recommendation's classification, wherever it is shown. */
export const classification = z
  .strictObject({
    method: z
      .strictObject({ mechanism: code.meta({ example: 'upr' }), version: z.int() })
      .meta({ description: 'Of what a machine proposed; another version may propose otherwise' }),
    category: facet.meta({ description: 'Category of action: one code, or none' }),
    themes: facet,
    affectedPersons: facet,
    sdgGoals: facet,
    sdgTargets: facet,
  })
  .meta({
    id: 'StandingClassification',
    description: 'What the recommendation is about, as it stands, and who says so',
    example: {
      method: { mechanism: 'upr', version: 1 },
      category: { vocabulary: 'action-categories', codes: ['5'], by: 'human' },
      themes: { vocabulary: 'ohchr-themes', codes: ['education', 'equality'], by: 'human' },
      affectedPersons: { vocabulary: 'ohchr-persons', codes: ['children'], by: 'machine' },
      sdgGoals: { vocabulary: 'sdg-goals', codes: ['4', '10'], by: 'machine' },
      sdgTargets: { vocabulary: 'sdg-targets', codes: [], by: 'machine' },
    },
  });
export const recordRecommendation = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    mechanism: code,
    state: iso3,
    cycle: z.int(),
    session: z.int(),
    label: words,
    text: words,
    recommendingStates: z.array(iso3),
    filedBy: side.nullable().meta({ description: 'Who filed it on their behalf' }),
    position: position.nullable().meta({ description: 'Null until the State has answered' }),
    statedPosition: words.nullable().meta({ description: 'In the State’s own words' }),
    comment: words.nullable(),
    deemed: z.boolean().meta({ description: 'The State was silent; the rules speak for it' }),
    givenIn: code.nullable(),
    ...howWorded,
    classification: classification.optional().meta({
      description: 'Absent where nothing was said of it, or its words were withdrawn',
    }),
    repeatOf: z.array(uuid).optional().meta({
      description: 'Recommendations of earlier cycles that it repeats, as a person confirmed',
    }),
    withdrawn: withdrawn.optional(),
  })
  .meta({ id: 'RecordRecommendation' });
const round = z.strictObject({
  for: iso3.nullable().meta({ description: 'The State whose review it is for' }),
  seats: z.int(),
  excluded: z.array(code),
  groupsTaken: z.array(code).meta({ description: 'Of those who sit already' }),
  groupForced: code.nullable().meta({ description: 'The group one seat is kept for' }),
});
const drawRules = z
  .strictObject({
    algorithm: z.enum(ALGORITHMS),
    pool: z.array(z.strictObject({ key: code, group: code.nullable() })),
    rounds: z.array(round),
    balanced: z
      .boolean()
      .meta({ description: 'Each round among those whom this lot has burdened least' }),
  })
  .meta({ id: 'DrawRules', description: 'Who is drawn from, how many, and under which rules' });
export const recordLot = z
  .strictObject({
    id: uuid,
    mechanism: code,
    sessionId: uuid,
    session: z.int(),
    state: iso3.nullable().meta({ description: 'Whose review it is for; null: the session’s' }),
    method: z.enum(['sealed', 'by-hand']),
    status: z.enum(['announced', 'drawn', 'cancelled']),
    announcedAt: instant.nullable(),
    input: z
      .strictObject({
        lot: uuid,
        purpose: code.meta({ example: 'troika' }),
        publicValue: z
          .strictObject({
            source: words.meta({ example: 'Closing value of the index on 8 January 2027' }),
            knownFrom: instant,
          })
          .nullable()
          .meta({ description: 'Named in advance, and known to nobody then' }),
        draw: drawRules,
      })
      .meta({ id: 'LotInput', description: 'Announced before the draw, and not changed since' }),
    inputDigest: sha256.meta({ description: 'SHA-256 of `input` as canonical text (RFC 8785)' }),
    commitment: sha256.nullable().meta({ description: 'To the seed, made before the draw' }),
    publicValue: words.nullable().meta({ example: '4711.08' }),
    seed: written(/^[0-9a-f]{64}$/)
      .nullable()
      .meta({ description: 'Secret until the draw' }),
    result: z
      .array(z.strictObject({ for: iso3.nullable(), drawn: z.array(code) }))
      .nullable()
      .meta({ example: [{ for: 'SVN', drawn: ['BRA', 'KEN', 'NOR'] }] }),
    drawnAt: instant.nullable(),
    byHand: z
      .strictObject({ drawnOn: date, meeting: words })
      .nullable()
      .meta({ example: { drawnOn: '2027-01-11', meeting: 'Organizational meeting' } }),
    cancelled: z
      .strictObject({ at: instant, reason: words })
      .nullable()
      .meta({ description: 'Before the draw; its seed was destroyed unread' }),
    version,
    withdrawn: withdrawn.optional(),
  })
  .meta({ id: 'Lot' });
