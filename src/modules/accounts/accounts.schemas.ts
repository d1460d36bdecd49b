import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const { byId, email, instant, line, password, side, uuid, words } = fields;

export const permission = z.enum(['prepare', 'submit', 'manage']);

/** The roles of a side's members, and what each lets them do. */
export const ROLES = {
  head: ['prepare', 'submit', 'manage'],
  officer: ['prepare', 'submit'],
  'focal-point': ['prepare', 'submit'],
  president: ['prepare', 'submit', 'manage'],
  chair: ['prepare', 'submit', 'manage'],
  member: ['prepare', 'submit'],
  drafter: ['prepare'],
} as const satisfies Record<string, readonly z.infer<typeof permission>[]>;
export const role = z.enum([
  'head',
  'officer',
  'focal-point',
  'president',
  'chair',
  'member',
  'drafter',
]);

export const account = z
  .strictObject({
    id: uuid,
    email: z.email(),
    name: words,
    administrator: z.boolean(),
    createdAt: instant,
    disabled: z.boolean(),
  })
  .meta({ id: 'Account' });
export const membership = z
  .strictObject({
    id: uuid,
    accountId: uuid,
    email: z.email().nullable(),
    name: words.nullable(),
    side,
    role,
    permissions: z.array(permission),
    until: instant.nullable(),
    grantedAt: instant,
    grantedBy: words.nullable().meta({ description: 'Name, where the viewer may know it' }),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'Membership' });
const organization = z
  .strictObject({
    id: uuid,
    side,
    name: words,
    acronym: words.nullable(),
    kind: z.enum(['ngo', 'nhri', 'academic', 'regional-body', 'coalition', 'other']),
  })
  .meta({ id: 'Organization' });
export const createAccount = operation({
  id: 'createAccount',
  method: 'POST',
  path: '/v1/accounts',
  tag: 'directory',
  scope: 'session',
  summary: 'Create an account (administrators)',
  description: 'The account belongs to no side until one grants it a membership.',
  body: z.strictObject({ email, name: line(200), password }).meta({
    id: 'NewAccount',
    example: {
      email: 'head@delegation.example',
      name: 'Ana Novak',
      password: 'correct horse battery staple',
    },
  }),
  returns: account,
  status: 201,
  idempotent: true,
  problems: ['forbidden', 'already-exists'],
});
export const listAccounts = operation({
  id: 'listAccounts',
  method: 'GET',
  path: '/v1/accounts',
  tag: 'directory',
  summary: 'The accounts that I may see',
  description:
    'My own and those of my sides; all of them for an administrator. In the order of their making.',
  query: z.strictObject({
    ...pageQuery,
    email: z.email().max(254).optional().meta({ description: 'The account of this address' }),
  }),
  returns: pageOf(account).meta({ id: 'Accounts' }),
});

export const grantMembership = operation({
  id: 'grantMembership',
  method: 'POST',
  path: '/v1/memberships',
  tag: 'directory',
  scope: 'session',
  summary: 'Make somebody a member of a side',
  description:
    'A side’s managers grant its memberships, never to themselves. The first manager of a State or ' +
    'an organization is seated by a secretariat, that of a body by the secretariat of a procedure ' +
    'that names it, that of a secretariat by an administrator; the side is told by mail.',
  body: z.strictObject({ email, side, role, until: instant.optional() }).meta({
    id: 'NewMembership',
    example: { email: 'head@delegation.example', side: 'state:SVN', role: 'head' },
  }),
  returns: membership,
  status: 201,
  idempotent: true,
  problems: [
    'permission-missing',
    'not-your-own',
    'unknown-account',
    'unknown-side',
    'already-exists',
    'dates-in-disorder',
    'members-entered',
  ],
});
export const listMemberships = operation({
  id: 'listMemberships',
  method: 'GET',
  path: '/v1/memberships',
  tag: 'directory',
  summary: 'Memberships of my sides, and those that I granted',
  description: 'Those that ended too. In the order in which they were granted.',
  query: z.strictObject({
    ...pageQuery,
    side: side.optional().meta({ description: 'Of this side alone' }),
  }),
  returns: pageOf(membership).meta({ id: 'Memberships' }),
});
export const revokeMembership = operation({
  id: 'revokeMembership',
  method: 'POST',
  path: '/v1/memberships/{id}/revoke',
  tag: 'directory',
  scope: 'session',
  summary: 'End a membership at once',
  description:
    'By those who manage the side, or by the member. Sessions stay, but see nothing of it any more.',
  params: byId,
  returns: membership,
  status: 200,
  idempotent: true,
  problems: ['permission-missing', 'last-manager', 'members-entered'],
});

export const createOrganization = operation({
  id: 'createOrganization',
  method: 'POST',
  path: '/v1/organizations',
  tag: 'directory',
  summary: 'Enter an organization (secretariats)',
  description: 'It becomes a side, which a secretariat gives its first manager.',
  body: organization
    .pick({ kind: true })
    .extend({ name: line(300), acronym: line(40).optional() })
    .meta({
      id: 'NewOrganization',
      example: { kind: 'ngo', name: 'Friends of the Rivers', acronym: 'FOR' },
    }),
  returns: organization,
  status: 201,
  idempotent: true,
  problems: ['forbidden', 'already-exists'],
});
export const listOrganizations = operation({
  id: 'listOrganizations',
  method: 'GET',
  path: '/v1/organizations',
  tag: 'directory',
  summary: 'Organizations: mine, or all for a secretariat',
  description: 'In the order in which they were entered.',
  query: z.strictObject({
    ...pageQuery,
    kind: organization.shape.kind.optional().meta({ description: 'Of this kind alone' }),
  }),
  returns: pageOf(organization).meta({ id: 'Organizations' }),
});
