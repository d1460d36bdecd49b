import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { MOVING } from '../proceedings/index.js';

const { byId, code, instant, iso3, language, localTime, prose, uuid, version, zone } = fields;

const due = z
  .strictObject({
    deadline: code.meta({ example: 'national-report' }),
    owedBy: code,
    due: instant,
    dueLocal: localTime,
    zone,
  })
  .meta({ id: 'DueAtDesk' });
const missing = z
  .strictObject({
    documents: z.array(code).meta({
      description: 'Kinds of which one is taken at this stage, and none has come',
      example: ['compilation'],
    }),
    labels: z.int().meta({ description: 'Recommendations without one, while they are given' }),
    positions: z.int().meta({ description: 'Recommendations without one, while they are given' }),
    troika: z.boolean().meta({ description: 'It is to be drawn' }),
  })
  .meta({ id: 'MissingAtDesk' });
const translation = z
  .strictObject({
    documentId: uuid,
    kind: code.meta({ example: 'national-report' }),
    languages: z.array(language).meta({
      description: 'Declared for it, and neither its original nor an official translation is there',
      example: ['fr', 'es'],
    }),
  })
  .meta({ id: 'TranslationAtDesk' });
const waiting = z
  .strictObject({
    move: code,
    to: code,
    by: z.array(code).meta({ description: 'The roles that may make it', example: ['secretariat'] }),
    mine: z.boolean().meta({ description: 'I hold one of them' }),
    because: code
      .nullable()
      .meta({ description: 'Code of the refusal; null: nothing stands against it' }),
  })
  .meta({ id: 'MoveAtDesk' });
const atDesk = z
  .strictObject({
    reviewId: uuid,
    stateUnderReview: iso3,
    status: code.meta({ description: 'The stage that it has reached' }),
    statusSince: instant,
    test: z.boolean().meta({ description: 'Never published' }),
    starts: instant.meta({ description: 'The dialogue begins' }),
    ends: instant,
    outcomeStarts: instant.nullable().meta({ description: 'The plenary takes up the outcome' }),
    nextDeadline: due.nullable(),
    due: z.array(due).meta({ description: 'To come, in order; windows too' }),
    overdue: z
      .array(due)
      .meta({ description: 'Owed still, their deadline passed: documents, acts, moves' }),
    missing,
    inTranslation: z.array(translation),
    moves: z.array(waiting).meta({ description: 'Those that leave the stage' }),
    version: version.meta({ description: 'For a move' }),
  })
  .meta({ id: 'ReviewAtDesk' });

export const showDesk = operation({
  id: 'showDesk',
  method: 'GET',
  path: '/v1/sessions/{id}/desk',
  tag: 'calendar',
  summary: 'The reviews of a session at a glance (its secretariat)',
  description:
    'In the order of their dialogues: where each stands, what is due, overdue, missing and in ' +
    'translation, and what stands against its next moves. Of reviews that I may not see, nothing.',
  scope: 'reviews:read',
  params: byId,
  query: z.strictObject(pageQuery),
  returns: pageOf(atDesk).meta({ id: 'SessionDesk' }),
  problems: ['forbidden'],
});

const move = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,59}$/)
  .max(60)
  .meta({ example: 'issue-documents' });
const refusal = z
  .strictObject({ code, facts: z.record(code, z.unknown()) })
  .meta({ id: 'RefusedItem', example: { code: 'documents-missing', facts: {} } });
const outcome = z
  .strictObject({
    reviewId: uuid,
    made: z.boolean(),
    status: code.nullable().meta({ description: 'The stage that was entered' }),
    version: z.int().nullable().meta({ description: 'After the move', example: 8 }),
    refused: refusal.nullable(),
  })
  .meta({ id: 'MoveOutcome' });

export const moveReviews = operation({
  id: 'moveReviews',
  method: 'POST',
  path: '/v1/sessions/{id}/moves',
  tag: 'calendar',
  summary: 'Make the same move in several reviews of a session',
  description:
    'Each is moved or refused for itself, under the version that it names: one that is not ready ' +
    'holds up no other, and nothing is half done in any. With `together`, all are moved or none, and ' +
    'the first refusal is the answer. A repeat under the same key goes on where the first was cut off, ' +
    'and answers what each became then; a dry run tells what each would be refused for.',
  scope: 'reviews:write',
  params: byId,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      move,
      reason: prose(1000).optional(),
      together: z.boolean().default(false).meta({ description: 'All of them, or none' }),
      items: z
        .array(z.strictObject({ reviewId: uuid, version }))
        .min(1)
        .max(60)
        .refine((all) => new Set(all.map(({ reviewId }) => reviewId)).size === all.length, {
          message: 'names a review twice',
        }),
    })
    .meta({
      id: 'MovesOfSession',
      example: {
        move: 'issue-documents',
        items: [{ reviewId: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10', version: 4 }],
      },
    }),
  returns: z
    .strictObject({ outcomes: z.array(outcome), made: z.int().meta({ example: 1 }) })
    .meta({ id: 'MovesOutcome' }),
  status: 200,
  problems: [...MOVING, 'stale'],
});

const filed = z
  .strictObject({
    documentId: uuid,
    filed: z.boolean(),
    late: z.boolean().nullable().meta({ description: 'It came after its deadline' }),
    version: z.int().nullable().meta({ description: 'After it was handed in', example: 4 }),
    refused: refusal.nullable(),
  })
  .meta({ id: 'FilingOutcome' });

export const fileDocuments = operation({
  id: 'fileDocuments',
  method: 'POST',
  path: '/v1/sessions/{id}/filings',
  tag: 'documents',
  summary: 'Hand in many documents of the reviews of a session',
  description:
    'Those that I have prepared, for my side or on behalf of another. Each is handed in or refused for ' +
    'itself, as `submitDocument` does it, under the version that it names; all count as having come when ' +
    'this request did. A repeat under the same key goes on where the first was cut off, and answers ' +
    'what each became then; a dry run tells what each would be refused for.',
  params: byId,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      items: z
        .array(z.strictObject({ documentId: uuid, version }))
        .min(1)
        .max(60)
        .refine((all) => new Set(all.map(({ documentId }) => documentId)).size === all.length, {
          message: 'names a document twice',
        }),
    })
    .meta({
      id: 'FilingsOfSession',
      example: {
        items: [{ documentId: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10', version: 2 }],
      },
    }),
  returns: z
    .strictObject({ outcomes: z.array(filed), filed: z.int().meta({ example: 1 }) })
    .meta({ id: 'FilingsOutcome' }),
  status: 200,
});
