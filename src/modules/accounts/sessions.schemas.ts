import { z } from 'zod';
import {
  email,
  instant,
  knownPassword,
  password,
  side,
  token,
  uuid,
  words,
} from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { permission, role } from './accounts.schemas.js';

const seat = z
  .strictObject({
    membershipId: uuid,
    side,
    role,
    permissions: z.array(permission),
    signsFor: z.array(words).meta({
      description: 'Names of those whose signature was delegated to me, for now',
      example: ['Mara Kos'],
    }),
  })
  .meta({ id: 'Seat' });

export const login = operation({
  id: 'login',
  method: 'POST',
  path: '/v1/auth/login',
  tag: 'sign-in',
  summary: 'Sign in with an e-mail address and a password',
  description:
    'Answers an opaque bearer token. Guessing is throttled, for an account and an address.',
  open: true,
  body: z.strictObject({ email, password: knownPassword }).meta({
    id: 'Login',
    example: { email: 'head@delegation.example', password: 'correct horse battery staple' },
  }),
  returns: z.strictObject({ token, expiresAt: instant }).meta({ id: 'SignedIn' }),
  status: 200,
  problems: ['wrong-credentials', 'too-many-attempts'],
});

export const logout = operation({
  id: 'logout',
  method: 'POST',
  path: '/v1/auth/logout',
  tag: 'sign-in',
  summary: 'End this session at once',
  description: 'The token is of no use from now on. Other sessions stay.',
});

export const me = operation({
  id: 'me',
  method: 'GET',
  path: '/v1/me',
  tag: 'sign-in',
  summary: 'Who I am, and the sides I belong to',
  description: 'Read live: a membership that has ended is not among them.',
  scope: 'me:read',
  returns: z
    .strictObject({
      accountId: uuid,
      email: z.email().nullable().meta({ description: 'None of whoever bears a case key' }),
      name: words.nullable().meta({ description: 'None of whoever bears a case key' }),
      administrator: z.boolean(),
      seats: z.array(seat),
    })
    .meta({ id: 'Me' }),
});

export const changePassword = operation({
  id: 'changePassword',
  method: 'PUT',
  path: '/v1/me/password',
  tag: 'sign-in',
  summary: 'Change my password; my other sessions and my keys end',
  description:
    'Whoever knew the old one may hold a session or have made a key: they end, and so does a ' +
    'reset under way. Keys and calendar feeds stay with `endKeys: false`. Guesses are counted as they are at ' +
    'sign-in. The owner is told by mail.',
  body: z
    .strictObject({
      current: knownPassword,
      next: password,
      endKeys: z
        .boolean()
        .default(true)
        .meta({ description: 'End all my keys and calendar feeds as well' }),
    })
    .meta({
      id: 'PasswordChange',
      example: { current: 'correct horse battery staple', next: 'another long pass phrase' },
    }),
  returns: z
    .strictObject({
      sessionsEnded: z.int().min(0).meta({ description: 'Beside this one' }),
      keysEnded: z.int().min(0),
    })
    .meta({ id: 'PasswordChanged', example: { sessionsEnded: 2, keysEnded: 1 } }),
  problems: ['wrong-credentials', 'too-many-attempts'],
});
