import { z } from 'zod';
import { byId, email } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { account, membership } from './accounts.schemas.js';

const counted = (description: string) => z.int().min(0).meta({ description, example: 1 });
/** What a person holds by a seat; all else is the side's, and stays with it. */
const holdings = z
  .strictObject({
    passes: z.strictObject({
      invitations: counted('Open ones in the holder’s name: they go on in the successor’s'),
    }),
    ends: z.strictObject({
      signatures: counted('Lent by this seat, or to it'),
      recoveries: counted('Approved by the holder, and not used yet'),
      keys: counted('Of the holder, where they sit nowhere else'),
    }),
  })
  .meta({ id: 'SeatHoldings' });

export const readHoldings = operation({
  id: 'readHoldings',
  method: 'GET',
  path: '/v1/memberships/{id}/holdings',
  tag: 'directory',
  summary: 'What passes with a seat when it is handed over, and what ends',
  description:
    'For its holder and those who manage the side. Drafts, duties and reminders are held by the ' +
    'side and by nobody on it: they stay where they are, whoever leaves. An upload under way is the ' +
    'person’s who began it, and cannot be gone on with once they left.',
  params: byId,
  returns: holdings,
  problems: ['permission-missing'],
});

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
    'owes stays owed by the side, and its drafts stay its own. Open invitations of the predecessor go ' +
    'on in the successor’s name; signatures lent by or to the seat end, and so do recoveries that ' +
    'the predecessor approved, and their keys where they sit nowhere else. A lesser seat of the successor on that side ends with it. ' +
    'The successor and the side’s managers are told by mail. Answers the successor’s membership, and what passed and ended.',
  params: byId,
  body: z
    .strictObject({ email })
    .meta({ id: 'Successor', example: { email: 'successor@delegation.example' } }),
  returns: membership.extend({ holdings }).meta({ id: 'SucceededMembership' }),
  status: 200,
  idempotent: true,
  problems: [
    'permission-missing',
    'not-your-own',
    'membership-ended',
    'unknown-account',
    'already-exists',
    'members-entered',
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
