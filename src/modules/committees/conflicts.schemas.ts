import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const { action, actingSide, byId, code, instant, language, prose, uuid, version, words } = fields;
const tag = 'communications';

const ground = z.enum(['nationality', 'employment', 'financial', 'involvement', 'family', 'other']);
const reading = z
  .strictObject({
    documentId: uuid,
    kind: code.meta({ example: 'confidential-annex' }),
    version: z.int().min(1),
    language,
    which: z.enum(['copy', 'original']),
    at: instant,
  })
  .meta({ id: 'Reading', description: 'A text that was downloaded' });

const conflict = z
  .strictObject({
    id: uuid,
    member: uuid,
    name: words,
    raisedBy: code.meta({ description: 'The role that says so', example: 'committee' }),
    raisedSide: code
      .nullable()
      .meta({ description: 'The side, where it is not the member', example: 'state:KAZ' }),
    ground,
    text: words,
    stepsAside: z.boolean(),
    declaredAt: instant,
    status: z.enum(['open', 'recused', 'kept']),
    decidedBy: code.nullable().meta({ example: 'chair' }),
    decidedAt: instant.nullable(),
    reason: words.nullable(),
    readings: z
      .array(reading)
      .nullable()
      .meta({ description: 'For the secretariat: what the member has downloaded' }),
    destroyedAt: instant
      .nullable()
      .meta({ description: 'For the secretariat: when the member said that it is destroyed' }),
    actions: z.array(action),
    version,
  })
  .meta({ id: 'Conflict' });

const declaration = z
  .strictObject({
    id: uuid,
    mechanism: code,
    number: words.nullable().meta({ description: 'Of the case', example: 'ACCC/S/2027/4' }),
    ground,
    text: words.nullable().meta({ description: 'My own words; none of a challenge' }),
    declaredAt: instant,
    decidedAt: instant.nullable(),
    recused: z.boolean(),
    reason: words.nullable().meta({ description: 'Of the decision' }),
    readings: z.array(reading).meta({ description: 'What I had downloaded, once I am recused' }),
    destroyedAt: instant.nullable().meta({ description: 'When I said that it is destroyed' }),
  })
  .meta({ id: 'Declaration' });

const ACTING = ['wrong-role', 'permission-missing', 'not-offered'] as const;

export const declareConflict = operation({
  id: 'declareConflict',
  method: 'POST',
  path: '/v1/communications/{id}/conflicts',
  tag,
  summary: 'Declare that I may be partial in this case (members of the Committee)',
  description:
    'Whoever steps aside is recused at once: nothing of the case is there for them any more, on any ' +
    'path, in whatever else they are. Otherwise the chair decides. What I declared stays mine to read, ' +
    'under `/v1/me/recusals`.',
  params: byId,
  idempotent: true,
  body: z.strictObject({ ground, text: prose(4000), stepsAside: z.boolean() }).meta({
    id: 'NewConflict',
    example: { ground: 'employment', text: 'I advised the ministry in 2019', stepsAside: true },
  }),
  returns: declaration,
  status: 201,
  problems: ACTING,
});
export const challengeMember = operation({
  id: 'challengeMember',
  method: 'POST',
  path: '/v1/communications/{id}/challenges',
  tag,
  summary: 'Ask that a member of the Committee be recused (the sides)',
  description:
    'The Committee sees it, and decides as it does of what a member declares; whoever challenged is ' +
    'told in the journal.',
  params: byId,
  idempotent: true,
  body: z.strictObject({ member: uuid, ground, text: prose(4000), as: actingSide }).meta({
    id: 'Challenge',
    example: {
      member: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10',
      ground: 'involvement',
      text: 'Wrote about this very mine in 2024',
    },
  }),
  returns: z.strictObject({ id: uuid, member: uuid, raisedAt: instant }).meta({ id: 'Challenged' }),
  status: 201,
  problems: [...ACTING, 'side-ambiguous', 'unknown-member', 'term-over'],
});
export const listConflicts = operation({
  id: 'listConflicts',
  method: 'GET',
  path: '/v1/communications/{id}/conflicts',
  tag,
  summary: 'What was declared of members who may be partial, and what was decided',
  description: 'Before the Committee and its secretariat. In the order in which it was said.',
  params: byId,
  query: z.strictObject(pageQuery),
  returns: pageOf(conflict).meta({ id: 'Conflicts' }),
});
export const decideConflict = operation({
  id: 'decideConflict',
  method: 'POST',
  path: '/v1/conflicts/{id}/decision',
  tag,
  summary: 'Decide whether a member is recused from the case (the chair)',
  description:
    'Where it concerns the chair, or the chair is recused, the secretariat records what the ' +
    'Committee has decided. Who is recused finds nothing of the case with their next request, and is ' +
    'its curator no longer.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  body: z.strictObject({ recused: z.boolean(), reason: prose(2000) }).meta({
    id: 'ConflictDecision',
    example: { recused: true, reason: 'The interest is direct' },
  }),
  returns: conflict,
  status: 200,
  problems: [...ACTING, 'not-your-own', 'conflict-decided'],
});

export const listRecusals = operation({
  id: 'listRecusals',
  method: 'GET',
  path: '/v1/me/recusals',
  tag: 'sign-in',
  scope: 'me:read',
  summary: 'What I declared, or was decided of me, as a member of committees',
  description:
    'As I knew it then: nothing of what became of the case. In the order in which it was said.',
  query: z.strictObject(pageQuery),
  returns: pageOf(declaration).meta({ id: 'Declarations' }),
});
export const declareDestruction = operation({
  id: 'declareDestruction',
  method: 'POST',
  path: '/v1/me/recusals/{id}/destruction',
  tag: 'sign-in',
  summary: 'Say that I have destroyed what I had downloaded of a case from which I am recused',
  description: 'The secretariat of the Committee sees that I said so.',
  params: byId,
  idempotent: true,
  returns: declaration,
  status: 200,
  problems: ['already-given'],
});
