import { z } from 'zod';
import {
  byId,
  email,
  instant,
  line,
  password,
  side,
  token,
  uuid,
  words,
  writtenIn,
} from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { LANGUAGES } from '../../platform/labels/languages.js';
import { permission, role } from '../accounts/index.js';

const invitation = z
  .strictObject({
    id: uuid,
    email: z.email(),
    side,
    role,
    until: instant.nullable().meta({ description: 'When the membership will end' }),
    language: z.enum(LANGUAGES),
    status: z.enum(['open', 'accepted', 'revoked', 'expired']),
    invitedBy: words.nullable().meta({ description: 'Name, where the viewer may know it' }),
    invitedAt: instant,
    expiresAt: instant,
    mail: z.strictObject({
      status: z.enum(['queued', 'sent', 'failed']).nullable(),
      attempts: z.int().min(0),
      answer: words.nullable().meta({ description: 'What the other mail server said last' }),
    }),
  })
  .meta({ id: 'Invitation' });

const seating = ['permission-missing', 'not-your-own'] as const;

export const invite = operation({
  id: 'invite',
  method: 'POST',
  path: '/v1/invitations',
  tag: 'directory',
  scope: 'session',
  summary: 'Invite somebody to a side, by mail',
  description:
    'By whoever may grant that membership. The mail carries a token that is good for seven days. ' +
    'Whether the address has an account already is not told.',
  body: z.strictObject({ email, side, role, until: instant.optional(), language: writtenIn }).meta({
    id: 'NewInvitation',
    example: {
      email: 'drafter@delegation.example',
      side: 'state:SVN',
      role: 'drafter',
      language: 'fr',
    },
  }),
  returns: invitation,
  status: 201,
  idempotent: true,
  problems: [
    ...seating,
    'unknown-side',
    'already-exists',
    'members-entered',
    'dates-in-disorder',
    'too-many-attempts',
  ],
});

export const listInvitations = operation({
  id: 'listInvitations',
  method: 'GET',
  path: '/v1/invitations',
  tag: 'directory',
  summary: 'Invitations to my sides, and to those whose first manager I seat',
  description: 'With what became of the mail. In the order in which they were made.',
  query: z.strictObject({
    ...pageQuery,
    side: side.optional().meta({ description: 'To this side alone' }),
  }),
  returns: pageOf(invitation).meta({ id: 'Invitations' }),
});

const change = {
  method: 'POST',
  tag: 'directory',
  scope: 'session',
  params: byId,
  returns: invitation,
  status: 200,
  idempotent: true,
} as const;

export const revokeInvitation = operation({
  ...change,
  id: 'revokeInvitation',
  path: '/v1/invitations/{id}/revoke',
  summary: 'Withdraw an invitation at once',
  description: 'By whoever made it, or manages the side. The token is of no use from now on.',
  problems: ['permission-missing', 'invitation-closed'],
});

export const resendInvitation = operation({
  ...change,
  id: 'resendInvitation',
  path: '/v1/invitations/{id}/resend',
  summary: 'Send an invitation again, for seven more days',
  description:
    'With another token: the one before ends when the mail goes out. A mail that still waits is ' +
    'not doubled.',
  problems: [
    ...seating,
    'unknown-side',
    'members-entered',
    'invitation-closed',
    'dates-in-disorder',
    'too-many-attempts',
  ],
});

export const acceptInvitation = operation({
  id: 'acceptInvitation',
  method: 'POST',
  path: '/v1/invitations/accept',
  tag: 'sign-in',
  summary: 'Accept an invitation with the token from the mail',
  description:
    'Makes an account for the address, with this name and password, and the membership; then sign ' +
    'in. Where the address has an account, the password must be its own, the name is left as it ' +
    'is, and nothing but the membership is added. Guesses are counted as they are at sign-in. ' +
    'Whoever invited must still have the right to.',
  open: true,
  body: z.strictObject({ token: token.min(1).max(200), name: line(200), password }).meta({
    id: 'Acceptance',
    example: {
      token: 'cm_pV0cC0RhQ2lWZTVQ',
      name: 'Ana Novak',
      password: 'correct horse battery staple',
    },
  }),
  returns: z
    .strictObject({
      accountId: uuid,
      email: z.email(),
      membershipId: uuid,
      side,
      role,
      permissions: z.array(permission),
      until: instant.nullable(),
    })
    .meta({ id: 'AcceptedInvitation' }),
  status: 201,
  problems: [
    'unknown-token',
    'wrong-credentials',
    'too-many-attempts',
    'inviter-may-not',
    'already-exists',
  ],
});
