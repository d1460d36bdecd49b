import { z } from 'zod';
import { isZone } from '../../kernel/instants.js';
import { DIGESTS } from '../../kernel/telling.js';
import { code, version, zone } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { LANGUAGES } from '../../platform/labels/languages.js';
import { PLATFORM_LABELS } from '../../platform/labels/platform-labels.js';

const tag = 'notices';
const EVENTS = Object.keys(PLATFORM_LABELS['journal-events'] ?? {});
const DAYS_IN_A_WEEK = 7;

export const mail = z.enum(['all', 'urgent']).meta({
  description: 'What is mailed to me: everything, or what is urgent, which always is',
  example: 'all',
});
const hour = z
  .string()
  .max(5)
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no hour such as 07:30')
  .meta({ description: 'In my zone', example: '07:30' });
const day = z.int().min(1).max(DAYS_IN_A_WEEK).meta({ description: '1 is Monday', example: 1 });
const quiet = z
  .strictObject({
    from: hour.meta({ example: '22:00' }),
    to: hour.meta({ description: 'On the next day where it is not after `from`' }),
    days: z
      .array(day)
      .min(1)
      .max(DAYS_IN_A_WEEK)
      .optional()
      .meta({ description: 'On which they begin; without it on every day', example: [1, 2, 3] }),
  })
  .refine(({ from, to, days }) => from !== to || new Set(days).size % DAYS_IN_A_WEEK !== 0, {
    path: ['to'],
    message: 'leaves no hour in which anything could be told',
  })
  .meta({ id: 'QuietHours' });

const wishes = {
  language: z.enum(LANGUAGES).meta({ description: 'In which I am written to' }),
  mail,
  zone: z
    .string()
    .max(64)
    .regex(new RegExp(zone.meta()!['pattern'] as string), 'is no IANA time zone')
    .refine(isZone, 'is no IANA time zone that is known here')
    .meta({ description: 'IANA time zone', example: 'Europe/Zurich' }),
  quiet: quiet.nullable().meta({ description: 'When nothing is mailed that is not urgent' }),
  digest: z.enum(DIGESTS).meta({
    description: 'How often what is not urgent is mailed, together; hourly leaves `low` to a day',
  }),
  digestAt: hour.meta({ description: 'Of daily and weekly digests, in my zone', example: '08:00' }),
  digestOn: day.meta({ description: 'Day of weekly digests; 1 is Monday' }),
  muted: z
    .array(code.max(60).refine((event) => EVENTS.includes(event), 'is no event of the journal'))
    .max(100)
    .meta({
      description: 'Events that are not mailed to me unless they are urgent',
      example: ['document-published'],
    }),
};
const preferences = z.strictObject({ ...wishes, version }).meta({ id: 'NoticePreferences' });

export const getNoticePreferences = operation({
  id: 'getNoticePreferences',
  method: 'GET',
  path: '/v1/notice-preferences',
  tag,
  mailed: true,
  summary: 'How I wish to be told',
  description:
    'Until I say otherwise: everything by mail, at once, with instants in UTC. My inbox has ' +
    'everything, whatever I wish.',
  returns: preferences,
});

export const putNoticePreferences = operation({
  id: 'putNoticePreferences',
  method: 'PUT',
  path: '/v1/notice-preferences',
  tag,
  mailed: true,
  summary: 'Say how I wish to be told',
  description:
    'What is not said stays as it is. What is urgent is mailed at once, whatever I wish: deadlines ' +
    'do not wait. It holds for what waits to be mailed, too.',
  ifMatch: true,
  body: z
    .strictObject(wishes)
    .partial()
    .meta({
      id: 'NoticeWishes',
      example: { zone: 'Europe/Zurich', digest: 'daily', digestAt: '08:00' },
    }),
  returns: preferences,
});
