import { z } from 'zod';
import { URGENCIES } from '../../kernel/audience.js';
import { byId, code, instant, prose, uuid, words, written } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { proceedingSchemas } from '../proceedings/index.js';

const tag = 'notices';

const CHANNELS = ['mail', 'webhook'] as const;
const STATUSES = [
  'queued',
  'attempted',
  'accepted',
  'deferred',
  'failed',
  'withheld',
  'declined',
] as const;

const status = z.enum(STATUSES).meta({
  description:
    '`queued`: it will be sent · `attempted`: it is being sent · `accepted`: the other side took it · ' +
    '`deferred`: it did not, and is asked again at `dueAt` · `failed`: it is not asked again · ' +
    '`withheld`: it was not sent, for its recipient may not read it any more · `declined`: nor for they ' +
    'want no mail of it by now',
});
const answer = words.nullable().meta({ description: 'What the other side said' });

const way = {
  id: uuid,
  channel: z.enum(CHANNELS),
  status,
  nth: z.int().meta({ description: '1; more where it was sent again on demand' }),
  again: z.boolean().meta({
    description: 'It may have arrived before: an attempt was cut off, or it was sent again',
  }),
  dueAt: instant.meta({ description: 'When it is, or was, to leave' }),
  settledAt: instant
    .nullable()
    .meta({ description: 'When it was accepted, failed or was not sent' }),
};

const delivery = z
  .strictObject({
    ...way,
    target: uuid.nullable().meta({ description: 'The webhook' }),
    reason: words.nullable().meta({ description: 'Why it was sent again' }),
    queuedAt: instant,
    attempts: z.array(
      z.strictObject({
        n: z.int(),
        beganAt: instant,
        endedAt: instant.nullable(),
        outcome: z
          .enum(['attempted', 'accepted', 'deferred', 'failed', 'cut', 'bounced'])
          .meta({ description: '`cut`: nobody knows; `bounced`: it was taken, and came back' }),
        answer,
      }),
    ),
  })
  .meta({ id: 'Delivery', description: 'One way of a notice to its recipient, and how it went' });

const proof = z
  .strictObject({
    notice: uuid,
    entry: z.strictObject({ compartment: code, n: z.int() }),
    event: code.meta({ example: 'deadline-recomputed' }),
    urgency: z.enum(URGENCIES),
    side: written(/^(organization|[a-z]+:[A-Za-z0-9-]+)$/)
      .nullable()
      .meta({
        description: 'Whose the recipient is; organizations other than one’s own are not named',
        example: 'state:SVN',
      }),
    toldAt: instant.meta({ description: 'When it lay in the inbox' }),
    readAt: instant.nullable(),
    deliveries: z.array(z.strictObject({ ...way, attempts: z.int(), answer })),
  })
  .meta({ id: 'NoticeProof', description: 'How one notice reached one recipient' });

export const listOwnDeliveries = operation({
  id: 'listOwnDeliveries',
  method: 'GET',
  path: '/v1/notices/{id}/deliveries',
  tag,
  summary: 'How a notice of mine reached me beyond the inbox',
  description: 'Every attempt, with its time and what the other side answered.',
  params: byId,
  query: z.strictObject(pageQuery),
  returns: pageOf(delivery).meta({ id: 'Deliveries' }),
});
export const listDeliveries = operation({
  id: 'listDeliveries',
  method: 'GET',
  path: '/v1/reviews/{id}/deliveries',
  tag,
  summary: 'How the notices of a review reached whom they concern, the newest first',
  description:
    'For its secretariat; and for a side, of what it did itself. Of what the other side answered the ' +
    'secretariat gets the codes. Kept for two years after it is settled.',
  params: byId,
  query: z.strictObject({
    ...pageQuery,
    compartment: proceedingSchemas.compartment
      .optional()
      .meta({ description: 'Of entries of this chain alone' }),
    n: z.coerce.number().int().min(1).max(2_147_483_647).optional().meta({
      description: 'Number of the entry in its chain; with `compartment`',
    }),
    status: z.enum(STATUSES).optional().meta({ description: 'With a delivery in this state' }),
  }),
  returns: pageOf(proof).meta({ id: 'NoticeProofs' }),
});
export const sendAgain = operation({
  id: 'sendAgain',
  method: 'POST',
  path: '/v1/deliveries',
  tag,
  summary: 'Send a notice again',
  description:
    'To me, or, as the secretariat, to whoever it was for. It is a delivery of its own, marked as a ' +
    'repeat; what the secretariat sends again is in its journal, with the reason.',
  idempotent: true,
  body: z
    .strictObject({
      of: uuid.meta({ description: 'A delivery that is settled' }),
      reason: prose(500),
    })
    .meta({
      id: 'SendAgain',
      example: { of: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10', reason: 'The mailbox was full' },
    }),
  returns: z
    .strictObject({ id: uuid, of: uuid, channel: z.enum(CHANNELS) })
    .meta({ id: 'SentAgain' }),
  status: 201,
  problems: ['not-found', 'delivery-under-way', 'resent-too-often'],
});
