import { z } from 'zod';
import { byId, email } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { account, membership } from './accounts.schemas.js';

export const succeedMembership = operation({
  id: 'succeedMembership',
  method: 'POST',
  path: '/v1/memberships/{id}/succeed',
  tag: 'directory',
  scope: 'session',
  summary: 'Hand a seat over to a successor',
  description:
    'By those who manage the side, or by the member. In one act the successor gets the same seat, ' +
    'with its role, permissions and end, and the predecessor’s membership ends; what the side ' +
    'owes stays owed by the side. A lesser seat of the successor on that side ends with it. ' +
    'The successor and the side’s managers are told by mail. Answers the successor’s membership.',
  params: byId,
  body: z
    .strictObject({ email })
    .meta({ id: 'Successor', example: { email: 'successor@delegation.example' } }),
  returns: membership,
  status: 200,
  idempotent: true,
  problems: [
    'permission-missing',
    'not-your-own',
    'membership-ended',
    'unknown-account',
    'already-exists',
  ],
});

const shut = {
  method: 'POST',
  tag: 'directory',
  scope: 'session',
  params: byId,
  returns: account,
  status: 200,
  idempotent: true,
  problems: ['forbidden', 'not-your-own'],
} as const;

export const disableAccount = operation({
  ...shut,
  id: 'disableAccount',
  path: '/v1/accounts/{id}/disable',
  summary: 'Disable an account at once (administrators)',
  description:
    'Its sessions and keys end, for good; its memberships stay, but are of no use meanwhile. ' +
    'Never one’s own.',
});
export const enableAccount = operation({
  ...shut,
  id: 'enableAccount',
  path: '/v1/accounts/{id}/enable',
  summary: 'Open a disabled account again (administrators)',
  description: 'With its password and memberships; sessions and keys must be made anew.',
});
