import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { withdrawnSchema } from '../record/index.js';

const { byId, instant, prose, side, uuid, version, words } = fields;

const text = prose(4000, 3).meta({
  example: 'Establish a national mechanism for the prevention of torture by 2029',
});
const pledge = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    side: side.meta({ description: 'The State under review: it pledges of itself' }),
    text: words,
    status: z.enum(['draft', 'submitted']),
    submittedAt: instant.nullable(),
    publicId: uuid.nullable(),
    version,
  })
  .meta({ id: 'Pledge' });
const withActions = pledge
  .extend({ withdrawn: withdrawnSchema.nullable(), actions: z.array(fields.action) })
  .meta({ id: 'PledgeWithActions' });

/** To whoever may not act, or not at this stage. */
const ACTING = ['not-offered', 'wrong-role', 'permission-missing', 'wrong-stage'] as const;

export const createPledge = operation({
  id: 'createPledge',
  method: 'POST',
  path: '/v1/reviews/{id}/pledges',
  tag: 'recommendations',
  summary: 'Draft a voluntary pledge, in my delegation’s own desk (the State under review)',
  description: 'Nobody else sees it until it is submitted.',
  params: byId,
  body: z.strictObject({ text, as: fields.actingSide }).meta({
    id: 'NewPledge',
    example: { text: 'Establish a national mechanism for the prevention of torture by 2029' },
  }),
  returns: withActions,
  status: 201,
  location: '/v1/pledges/{id}',
  idempotent: true,
  problems: [...ACTING, 'side-ambiguous'],
});
export const listPledges = operation({
  id: 'listPledges',
  method: 'GET',
  path: '/v1/reviews/{id}/pledges',
  tag: 'recommendations',
  summary: 'The voluntary pledges of a review that I may see, by time',
  description: 'Drafts are those of my own delegation.',
  params: byId,
  query: z.strictObject(pageQuery),
  returns: pageOf(pledge).meta({ id: 'Pledges' }),
});
export const getPledge = operation({
  id: 'getPledge',
  method: 'GET',
  path: '/v1/pledges/{id}',
  tag: 'recommendations',
  summary: 'A voluntary pledge',
  description: '`actions` says what I could do with it now.',
  params: byId,
  returns: withActions,
});
export const editPledge = operation({
  id: 'editPledge',
  method: 'PATCH',
  path: '/v1/pledges/{id}',
  tag: 'recommendations',
  summary: 'Edit the draft of a pledge',
  description: 'Until it is submitted.',
  params: byId,
  ifMatch: true,
  body: z.strictObject({ text }).meta({
    id: 'PledgeEdit',
    example: { text: 'Establish a national mechanism for the prevention of torture by 2028' },
  }),
  returns: withActions,
  problems: ['wrong-role', 'permission-missing', 'already-submitted'],
});
export const submitPledge = operation({
  id: 'submitPledge',
  method: 'POST',
  path: '/v1/pledges/{id}/submit',
  tag: 'recommendations',
  summary: 'Make the pledge: the other parties see it from now on',
  description: 'It can no longer be changed, and is published with the report, or at once.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  returns: withActions,
  status: 200,
  problems: [...ACTING, 'already-submitted'],
});
