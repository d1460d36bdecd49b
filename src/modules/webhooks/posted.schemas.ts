import { z } from 'zod';
import type { Posting } from '../../platform/contract/describe-posting.js';
import { uuid } from '../../platform/http/fields.js';

const headers = z.strictObject({
  'webhook-id': uuid.meta({
    description: 'Of the letter: the same however often it is sent. Whoever has it has it already',
  }),
  'webhook-timestamp': z
    .string()
    .regex(/^\d{1,12}$/)
    .max(12)
    .meta({ description: 'When it was sent, in seconds since 1970', example: '1803891600' }),
  'webhook-signature': z
    .string()
    .regex(/^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)?$/)
    .max(93)
    .meta({
      description:
        '`v1,` and the HMAC-SHA256, in base64, of `{webhook-id}.{webhook-timestamp}.{body}` under the secret ' +
        'without `whsec_`, decoded; for a while after a secret was replaced, one for each of the two',
      example: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    }),
  'comity-attempt': z
    .string()
    .regex(/^\d{1,4}$/)
    .max(4)
    .meta({ description: 'How often it was tried, this time included', example: '1' }),
  'comity-again': z.literal('true').optional().meta({
    description: 'It may have arrived before: nobody knows, or somebody asked for it again',
  }),
});

const body: Posting['body'] = {
  type: 'object',
  description: 'A notice as its recipient may read it when it leaves',
  additionalProperties: false,
  required: ['type', 'timestamp', 'data'],
  properties: {
    type: {
      type: 'string',
      pattern: '^notice\\.[a-z][a-z-]*$',
      maxLength: 100,
      description: '`notice.` and what happened, as the journal calls it',
      examples: ['notice.deadline-recomputed'],
    },
    timestamp: {
      type: 'string',
      format: 'date-time',
      maxLength: 40,
      description: 'When its recipient was told',
      examples: ['2027-03-01T09:00:00Z'],
    },
    data: { $ref: '#/components/schemas/Notice' },
  },
};

/** What a webhook receives. */
export const noticePosted: Posting = {
  id: 'receiveNotice',
  tag: 'notices',
  summary: 'A notice, as a webhook receives it',
  description:
    'Signed after Standard Webhooks (`standardwebhooks.com`): verify the signature over the bytes of the body, and ' +
    'that the time is near yours. Answer within 15 seconds; what is done about it is better done after. ' +
    'Redirects are not followed.',
  headers,
  body,
  answers: {
    '2XX': 'Taken: it is not sent again',
    '410': 'Nothing more is wanted here: the webhook is switched off',
    '429': 'Not now: it is sent again, not before what `Retry-After` says, an hour at most',
    '4XX':
      'Not taken: it is tried eight times within a day, and then given up; after three days of nothing else, the webhook is switched off',
    '5XX': 'The same; 503 may say `Retry-After` too',
  },
};
