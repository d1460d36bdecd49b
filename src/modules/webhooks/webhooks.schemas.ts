import { z } from 'zod';
import {
  byId,
  code,
  instant,
  knownPassword,
  line,
  uuid,
  version,
  words,
} from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const tag = 'notices';
const scope = 'session';
const URL_EXAMPLE = 'https://delegation.example/hook';
const EVENT_EXAMPLE = ['deadline-recomputed', 'document-submitted'];

const webhook = z
  .strictObject({
    id: uuid,
    url: z.url().meta({ example: URL_EXAMPLE }),
    description: words.meta({ example: 'Our registry' }),
    events: z.array(code).nullable().meta({
      description: 'What I want to hear of, as the journal calls it; all of it where it is null',
      example: EVENT_EXAMPLE,
    }),
    status: z.enum(['active', 'off']),
    offWhy: z
      .enum(['by-owner', 'failing', 'gone', 'access-ended'])
      .nullable()
      .meta({
        description:
          'Why it is off: I did it, nothing but failures for three days, the other side answered 410, ' +
          'or my keys or my account were ended',
      }),
    offSince: instant.nullable(),
    failingSince: instant.nullable().meta({
      description: 'The first failure since something was taken there last',
    }),
    retryAt: instant.nullable().meta({
      description: 'Nobody answers there: nothing more is tried until then',
    }),
    previousSecretUntil: instant.nullable().meta({
      description: 'How long the secret before the current one signs too, once it was replaced',
    }),
    createdAt: instant,
    version,
  })
  .meta({ id: 'Webhook' });

const secret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/=]+$/)
  .meta({ description: 'Shown this once', example: 'whsec_uLq8NnDOtLlFJyW0h1SgTCJMzfZyUeRv' });
const withSecret = webhook.extend({ secret }).meta({ id: 'WebhookWithSecret' });

const password = knownPassword.meta({ description: 'Mine: a session alone does not do this' });
const address = z.url().max(2000).meta({
  description: 'Of the public network, `https` alone, without credentials',
  example: URL_EXAMPLE,
});
const wanted = z
  .array(
    z
      .string()
      .regex(/^[a-z][a-z-]*$/)
      .max(100),
  )
  .min(1)
  .max(200)
  .refine((all) => new Set(all).size === all.length, 'names one twice')
  .nullable()
  .meta({
    description: 'Codes of the vocabulary `journal-events`; null: whatever I am told of',
    example: EVENT_EXAMPLE,
  });

const PROVING = ['wrong-credentials', 'too-many-attempts'] as const;

export const listWebhooks = operation({
  id: 'listWebhooks',
  method: 'GET',
  path: '/v1/webhooks',
  tag,
  summary: 'My webhooks, without their secrets',
  description: 'In the order of their making.',
  scope,
  query: z.strictObject(pageQuery),
  returns: pageOf(webhook).meta({ id: 'Webhooks' }),
});
export const createWebhook = operation({
  id: 'createWebhook',
  method: 'POST',
  path: '/v1/webhooks',
  tag,
  summary: 'Have what I am told posted to an address, signed',
  description:
    'Each notice is posted by itself, as JSON: `type` (`notice.` and the event), `timestamp` (when I ' +
    'was told) and `data` (the `Notice`, as I may read it then). It is signed after Standard Webhooks: ' +
    'the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`, which any of its ' +
    'libraries verifies with the secret. `webhook-id` stays the same however often it is tried; ' +
    '`comity-attempt` counts, and `comity-again: true` says that it may have come before. Answer 2xx ' +
    'within 15 seconds. 410 switches the webhook off; a redirect is a failure, for none is followed; ' +
    'whatever else is answered is tried again later, 429 and 503 no sooner than `Retry-After` says. ' +
    'After three days of nothing but failures it is switched off, and I am told by mail. The secret is ' +
    'shown once and kept under seal; it is made with the password, whose guesses are counted as they ' +
    'are at sign-in. Ten a person. Nothing shown once is stored, so a repeat makes another: there is no ' +
    '`Idempotency-Key`.',
  scope,
  body: z
    .strictObject({
      password,
      url: address,
      description: line(200),
      events: wanted.optional(),
    })
    .meta({
      id: 'NewWebhook',
      example: {
        password: 'correct horse battery staple',
        url: URL_EXAMPLE,
        description: 'Our registry',
        events: EVENT_EXAMPLE,
      },
    }),
  returns: withSecret,
  status: 201,
  shownOnce: true,
  problems: [...PROVING, 'code-unknown', 'too-many-webhooks'],
});
export const getWebhook = operation({
  id: 'getWebhook',
  method: 'GET',
  path: '/v1/webhooks/{id}',
  tag,
  summary: 'One webhook of mine',
  description: 'With what became of it last; never its secret.',
  scope,
  params: byId,
  returns: webhook,
});
export const putWebhook = operation({
  id: 'putWebhook',
  method: 'PUT',
  path: '/v1/webhooks/{id}',
  tag,
  summary: 'Change a webhook of mine, or switch it off or on',
  description:
    'Another `url` needs the password. Whatever waited because nobody answered is forgotten: the next ' +
    'is tried at once.',
  scope,
  params: byId,
  ifMatch: true,
  body: z
    .strictObject({
      password: knownPassword.optional().meta({ description: 'Mine, where the `url` is another' }),
      url: address,
      description: line(200),
      events: wanted,
      status: z.enum(['active', 'off']),
    })
    .meta({
      id: 'WebhookChange',
      example: {
        url: URL_EXAMPLE,
        description: 'Our registry',
        events: EVENT_EXAMPLE,
        status: 'active',
      },
    }),
  returns: webhook,
  problems: [...PROVING, 'code-unknown'],
});
export const deleteWebhook = operation({
  id: 'deleteWebhook',
  method: 'DELETE',
  path: '/v1/webhooks/{id}',
  tag,
  summary: 'Remove a webhook of mine, its secrets with it',
  description: 'Nothing more is posted there, nor what waited to be.',
  scope,
  params: byId,
  ifMatch: true,
});
export const rotateWebhookSecret = operation({
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/v1/webhooks/{id}/rotate-secret',
  tag,
  summary: 'Replace the secret of a webhook of mine',
  description:
    'The new one is shown once. For 24 hours both sign, so that the receiver has time to change over, ' +
    'unless `endPrevious` says that the one before ends at once. A third one ends the first.',
  scope,
  params: byId,
  ifMatch: true,
  body: z
    .strictObject({
      password,
      endPrevious: z.boolean().default(false).meta({
        description: 'Whoever should not may know the one before: it signs no more',
      }),
    })
    .meta({ id: 'SecretRotation', example: { password: 'correct horse battery staple' } }),
  returns: withSecret,
  status: 200,
  shownOnce: true,
  problems: [...PROVING],
});
