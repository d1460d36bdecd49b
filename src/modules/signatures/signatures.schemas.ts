import { z } from 'zod';
import { byId, email, instant, side, uuid, words } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const party = z.strictObject({ membershipId: uuid, name: words.nullable() });

const signature = z
  .strictObject({
    id: uuid,
    side,
    of: party.meta({ description: 'Whose signature it is' }),
    signedBy: party.meta({ description: 'Who signs for them' }),
    from: instant,
    until: instant,
    status: z.enum(['coming', 'running', 'over', 'revoked']),
    grantedAt: instant,
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'DelegatedSignature' });

export const delegateSignature = operation({
  id: 'delegateSignature',
  method: 'POST',
  path: '/v1/signatures',
  tag: 'directory',
  scope: 'session',
  summary: 'Delegate my signature for stated days',
  description:
    'Whoever may submit for a side by their own seat lends that to another member of it, for 92 ' +
    'days at most: to hand in, never to manage, and never to be lent on. It ends at its time, when ' +
    'it is revoked, and with either seat, at once. Both, and the side’s managers, are told by mail.',
  body: z
    .strictObject({
      side,
      email: email.meta({ description: 'Of the member who is to sign' }),
      from: instant.optional().meta({ description: 'At once, unless said' }),
      until: instant,
    })
    .meta({
      id: 'NewDelegatedSignature',
      example: {
        side: 'state:SVN',
        email: 'drafter@delegation.example',
        from: '2027-05-03T00:00:00+02:00',
        until: '2027-05-15T00:00:00+02:00',
      },
    }),
  returns: signature,
  status: 201,
  idempotent: true,
  problems: [
    'permission-missing',
    'not-your-own',
    'not-a-member',
    'already-exists',
    'dates-in-disorder',
  ],
});

export const listSignatures = operation({
  id: 'listSignatures',
  method: 'GET',
  path: '/v1/signatures',
  tag: 'directory',
  summary: 'Signatures delegated on my sides',
  description: 'Those that ended too. In the order in which they were delegated.',
  query: z.strictObject({
    ...pageQuery,
    side: side.optional().meta({ description: 'Of this side alone' }),
  }),
  returns: pageOf(signature).meta({ id: 'DelegatedSignatures' }),
});

export const revokeSignature = operation({
  id: 'revokeSignature',
  method: 'POST',
  path: '/v1/signatures/{id}/revoke',
  tag: 'directory',
  scope: 'session',
  summary: 'End a delegated signature at once',
  description:
    'By whose it is, by whoever signs, or by those who manage the side. The next request finds it ' +
    'gone; what was signed stands. Ending it again changes nothing.',
  params: byId,
  returns: signature,
  status: 200,
  idempotent: true,
  problems: ['permission-missing'],
});
