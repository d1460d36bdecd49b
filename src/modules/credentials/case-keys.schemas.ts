import { z } from 'zod';
import { instant, token } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';

const key = z
  .strictObject({
    key: token.meta({
      description: 'Shown this once',
      example: 'comity_case_Zk3vQ0mR7yT1uN5wZk3vQ0mR7yT1uN5wZk3vQ0mR7yT',
    }),
    madeAt: instant,
  })
  .meta({ id: 'CaseKey' });

const made = {
  method: 'POST',
  tag: 'sign-in',
  returns: key,
  status: 201,
  shownOnce: true,
} as const;

export const makeCaseKey = operation({
  ...made,
  id: 'makeCaseKey',
  path: '/v1/case-keys',
  summary: 'Get a key for a case, without an account',
  description:
    'For whoever files without a name: no e-mail, name or password is asked for, and nothing is ' +
    'known of who bears the key. Send it as a bearer token. It is shown once and kept as a hash ' +
    'alone: whoever loses it can get it back from nobody. What it takes part in is told in its ' +
    'inbox, never by mail. One by which nobody took part in anything is forgotten after 30 days. ' +
    'Nothing shown once is stored, so a repeat makes another key: there is no `Idempotency-Key`.',
  open: true,
});

export const renewCaseKey = operation({
  ...made,
  id: 'renewCaseKey',
  path: '/v1/case-keys/renewals',
  summary: 'Put a new case key in the place of this one',
  description:
    'Borne by the case key itself, which ends as soon as the new one is used: what it took part in ' +
    'stays with that. For when somebody may have seen the old one. Keep the answer: it comes once; ' +
    'where it was lost, the old one is still good.',
  scope: 'case-key',
});
