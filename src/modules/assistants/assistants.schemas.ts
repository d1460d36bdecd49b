import { z } from 'zod';
import { action, byId, instant, side, uuid, version, words } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const tag = 'reviews';

const assistant = z
  .strictObject({
    id: uuid,
    side: side.meta({ description: 'Whom it helps to prepare' }),
    organization: side.meta({ description: 'Who helps' }),
    name: words,
    status: z.enum(['named', 'accepted', 'declined', 'ended']),
    namedAt: instant,
    acceptedAt: instant.nullable(),
    endedAt: instant.nullable(),
    actions: z.array(action),
    version,
  })
  .meta({ id: 'Assistant' });

const ACTING = ['wrong-role', 'permission-missing'] as const;

export const nameAssistant = operation({
  id: 'nameAssistant',
  method: 'POST',
  path: '/v1/reviews/{id}/assistants',
  tag,
  scope: 'session',
  summary: 'Name a regional organization to help my delegation prepare this review',
  description:
    'By whoever manages the delegation of the State under review. Once it has accepted, everybody of ' +
    'the organization reads what the State’s drafters read in this review, the State’s drafts with ' +
    'it, and those who prepare there prepare for the State; they hand in nothing. The secretariat ' +
    'sees who helps.',
  params: byId,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({ organization: uuid.meta({ description: 'A regional body of the directory' }) })
    .meta({
      id: 'NewAssistant',
      example: { organization: '7d1f0a52-93f1-4c39-9c0e-6a1d1f7f2b11' },
    }),
  returns: assistant,
  status: 201,
  problems: [...ACTING, 'wrong-stage', 'unknown-side', 'already-exists'],
});
export const listAssistants = operation({
  id: 'listAssistants',
  method: 'GET',
  path: '/v1/reviews/{id}/assistants',
  tag,
  summary: 'Who helps the State under review to prepare, or was asked to',
  description:
    'Before the State and the secretariat; an organization sees where it was named itself. In the ' +
    'order in which they were named.',
  params: byId,
  query: z.strictObject(pageQuery),
  returns: pageOf(assistant).meta({ id: 'Assistants' }),
});
export const acceptAssistance = operation({
  id: 'acceptAssistance',
  method: 'POST',
  path: '/v1/assistants/{id}/accept',
  tag,
  scope: 'session',
  summary: 'Accept to help (whoever manages the organization)',
  description:
    'From now on it speaks no more for itself in this review, nor when it helps no longer. Where it ' +
    'has filed something there, has accepted to file with others, speaks or assesses, it cannot ' +
    'help: `conflict-of-interest`.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  returns: assistant,
  status: 200,
  problems: [...ACTING, 'wrong-stage', 'already-given', 'conflict-of-interest'],
});
export const endAssistance = operation({
  id: 'endAssistance',
  method: 'POST',
  path: '/v1/assistants/{id}/end',
  tag,
  scope: 'session',
  summary: 'Decline to help, or end it at once (whoever manages either side)',
  description:
    'The next request finds that the organization sees nothing more of the State’s. What it has ' +
    'prepared stays on the State’s desk.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  returns: assistant,
  status: 200,
  problems: [...ACTING, 'already-given'],
});
