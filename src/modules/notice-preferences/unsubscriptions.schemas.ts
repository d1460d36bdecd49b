import { z } from 'zod';
import { written } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { mail } from './preferences.schemas.js';

const shared = {
  path: '/v1/unsubscriptions/{token}',
  tag: 'notices',
  open: true,
  printable: true,
  params: z.strictObject({
    token: written(/^[A-Za-z0-9_-]+$/)
      .max(200)
      .meta({ description: 'The end of the address in the mail', example: 'cu_Zk3vQ0mR7yT1uN5w' }),
  }),
  returns: z.strictObject({ mail }).meta({ id: 'Unsubscription' }),
} as const;

export const getUnsubscription = operation({
  ...shared,
  id: 'getUnsubscription',
  method: 'GET',
  summary: 'What is mailed to whoever got this address',
  description:
    'Changes nothing, since programs follow what stands in mail. As a page, it offers to end what ' +
    'is not urgent. An address that was never given out, or is older than a year, is missing.',
});

export const unsubscribe = operation({
  ...shared,
  id: 'unsubscribe',
  method: 'POST',
  summary: 'End the mail that is not urgent, with one click',
  description:
    'As mail programs do by themselves (RFC 8058): the address in the mail is all that it asks ' +
    'for, and the body, `List-Unsubscribe=One-Click`, may be missing. What is urgent is mailed still, and ' +
    'the inbox has everything. Done again, it changes nothing.',
  body: 'chunk',
  mediaType: 'application/x-www-form-urlencoded',
  status: 200,
});
