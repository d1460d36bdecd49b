import { z } from 'zod';
import { email, password, token, writtenIn } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';

export const askReset = operation({
  id: 'askPasswordReset',
  method: 'POST',
  path: '/v1/auth/password-resets',
  tag: 'sign-in',
  summary: 'Ask for a mail that lets me set a new password',
  description:
    'The answer is the same whether there is such an account or not. The token in the mail is ' +
    'good for an hour, beside those of other mails, until one is used or the password changed. ' +
    'A mail goes out at most every five minutes, and thrice an hour: asking sooner has it wait, ' +
    'asking while one waits adds none. Throttled, for an address and for whoever asks.',
  open: true,
  body: z.strictObject({ email, language: writtenIn }).meta({
    id: 'PasswordResetRequest',
    example: { email: 'head@delegation.example', language: 'fr' },
  }),
  returns: z.strictObject({ status: z.literal('accepted') }).meta({ id: 'Accepted' }),
  status: 202,
  problems: ['too-many-attempts'],
});

export const redeemReset = operation({
  id: 'redeemPasswordReset',
  method: 'POST',
  path: '/v1/auth/password-resets/redeem',
  tag: 'sign-in',
  summary: 'Set a new password with the token from the mail',
  description:
    'All sessions, all keys and all other such tokens of the account end, for somebody else may ' +
    'have made them; the owner is told by mail. Then sign in.',
  open: true,
  body: z.strictObject({ token: token.min(1).max(200), password }).meta({
    id: 'PasswordReset',
    example: { token: 'cm_pV0cC0RhQ2lWZTVQ', password: 'another long pass phrase' },
  }),
  problems: ['unknown-token', 'too-many-attempts'],
});
