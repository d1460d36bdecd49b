import { z } from 'zod';
import {
  byId,
  instant,
  knownPassword,
  line,
  token,
  uuid,
  words,
} from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const scope = z
  .string()
  .regex(/^[a-z-]{1,40}:(read|write)$/)
  .max(46)
  .meta({
    id: 'Scope',
    description: '`resource:verb`; `x-scope` of an operation names the one that it needs',
    example: 'documents:write',
  });

const key = z
  .strictObject({
    id: uuid,
    name: words,
    prefix: token.meta({ description: 'How the secret begins', example: 'ck_Zm9vYm' }),
    scopes: z.array(scope),
    createdAt: instant,
    expiresAt: instant,
    usedAt: instant.nullable().meta({ description: 'Noted at most once a minute' }),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });

export const createKey = operation({
  id: 'createKey',
  method: 'POST',
  path: '/v1/api-keys',
  tag: 'sign-in',
  summary: 'Make a key for a program that acts for me',
  description:
    'The secret is shown once and kept as a hash alone; send it as a bearer token. It sees and ' +
    'does what I may, memberships read live, within its scopes, and never signs in, changes ' +
    'passwords, makes keys, or adds people. It ends after a year at the latest. It is made with ' +
    'the password, whose guesses are counted as they are at sign-in, and the owner is told by ' +
    'mail. Nothing shown once is stored, so a repeat makes another key: there is no ' +
    '`Idempotency-Key`.',
  body: z
    .strictObject({
      password: knownPassword.meta({ description: 'Mine: a session alone makes no key' }),
      name: line(100),
      scopes: z
        .array(scope)
        .min(1)
        .max(50)
        .refine((all) => new Set(all).size === all.length, 'names one twice'),
      expiresAt: instant.optional().meta({ description: 'A year from now, unless said' }),
    })
    .meta({
      id: 'NewApiKey',
      example: {
        password: 'correct horse battery staple',
        name: 'Filing from our registry',
        scopes: ['documents:read', 'documents:write'],
      },
    }),
  returns: key
    .extend({ secret: token.meta({ description: 'Shown this once' }) })
    .meta({ id: 'CreatedApiKey' }),
  status: 201,
  shownOnce: true,
  problems: [
    'wrong-credentials',
    'too-many-attempts',
    'unknown-scope',
    'dates-in-disorder',
    'too-many-keys',
  ],
});

export const listKeys = operation({
  id: 'listKeys',
  method: 'GET',
  path: '/v1/api-keys',
  tag: 'sign-in',
  summary: 'My keys, without their secrets',
  description: 'Those that ended too. In the order of their making.',
  query: z.strictObject(pageQuery),
  returns: pageOf(key).meta({ id: 'ApiKeys' }),
});

export const revokeKey = operation({
  id: 'revokeKey',
  method: 'DELETE',
  path: '/v1/api-keys/{id}',
  tag: 'sign-in',
  summary: 'End a key at once',
  description: 'The next request that bears it is refused. Ending it again changes nothing.',
  params: byId,
});
