import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { MOVING, partsOf } from '../proceedings/index.js';

const { action, byId, code, date, instant, iso3, line, prose, uuid, version } = fields;
const status = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,59}$/)
  .max(60)
  .meta({ example: 'documented' });
const move = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,59}$/)
  .max(60)
  .meta({ example: 'issue-documents' });

const review = z
  .strictObject({
    id: uuid,
    mechanism: code,
    mechanismVersion: z.int(),
    stateUnderReview: iso3,
    slotId: uuid,
    status: code.meta({ description: 'The stage that it has reached' }),
    statusSince: instant,
    openedAt: instant,
    test: z.boolean().meta({ description: 'Never published' }),
    publicId: uuid.nullable().meta({ description: 'Its id in the record' }),
    version,
  })
  .meta({ id: 'Review' });
const withActions = review
  .extend({
    roles: z.array(code).meta({ description: 'Mine here' }),
    actions: z.array(action),
  })
  .meta({ id: 'ReviewWithActions' });

export const openReview = operation({
  id: 'openReview',
  method: 'POST',
  path: '/v1/reviews',
  tag: 'reviews',
  summary: 'Open the review of a State that has a place in a session (the secretariat)',
  description:
    'Its stage and deadlines follow from the procedure and from the place in the session.',
  body: z
    .strictObject({ slotId: uuid, test: z.boolean().default(false) })
    .meta({ id: 'NewReview', example: { slotId: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10' } }),
  returns: withActions,
  status: 201,
  location: '/v1/reviews/{id}',
  idempotent: true,
  dryRun: true,
  problems: ['permission-missing', 'unknown-slot', 'already-exists'],
});
export const listReviews = operation({
  id: 'listReviews',
  method: 'GET',
  path: '/v1/reviews',
  tag: 'reviews',
  summary: 'The reviews that I may see',
  description: 'In the order of their opening.',
  query: z.strictObject({
    ...pageQuery,
    state: iso3.optional().meta({ description: 'The State under review' }),
    session: uuid.optional().meta({ description: 'In this session' }),
    status: status.optional().meta({ description: 'At this stage' }),
  }),
  returns: pageOf(review).meta({ id: 'Reviews' }),
});
export const getReview = operation({
  id: 'getReview',
  method: 'GET',
  path: '/v1/reviews/{id}',
  tag: 'reviews',
  summary: 'A review, with my roles in it and what I could do now',
  description:
    'Each action is allowed, or says by its code why not. Beside the moves there are acts, whose ' +
    'names have a colon: `record:troika`, `ask:substitution`, `make:recommendation`, `circulate:list`, ' +
    '`sign-off:report`, `begin:` with the kind of a document.',
  params: byId,
  returns: withActions,
});
export const moveReview = operation({
  id: 'moveReview',
  method: 'POST',
  path: '/v1/reviews/{id}/moves',
  tag: 'reviews',
  summary: 'Make a move of the procedure',
  description:
    '`actions` of the review names the moves. What follows from one happens with it, or not at all.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({ move, reason: prose(1000).optional() })
    .meta({ id: 'Move', example: { move: 'issue-documents' } }),
  returns: withActions,
  status: 200,
  problems: MOVING,
});
export const recordTroika = operation({
  id: 'recordTroika',
  method: 'POST',
  path: '/v1/reviews/{id}/troika',
  tag: 'reviews',
  summary: 'Record a troika that was drawn by hand in a meeting',
  description:
    'Three States of different regional groups, none of them under review; members of the Council where its membership that day is on record.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      states: z.array(iso3).min(1).max(9),
      drawnOn: date,
      meeting: line(300),
      witnesses: z.array(line(200)).min(1).max(20),
    })
    .meta({
      id: 'Troika',
      example: {
        states: ['ALB', 'BRA', 'NOR'],
        drawnOn: '2027-01-11',
        meeting: 'Organizational meeting of the Council',
        witnesses: ['Secretary of the Council'],
      },
    }),
  returns: withActions,
  status: 200,
  problems: [
    'wrong-role',
    'permission-missing',
    'already-given',
    'troika-invalid',
    'unknown-state',
  ],
});

export const {
  listMoves,
  listDeadlines,
  listParticipants,
  verifyJournal,
  readJournal,
  proveJournal,
} = partsOf({ tag: 'reviews', noun: 'a review', named: (id) => id });
