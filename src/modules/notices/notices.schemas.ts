import { z } from 'zod';
import { URGENCIES } from '../../kernel/audience.js';
import { byId, code, instant, iso3, uuid, words } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { opaque as cursor, pageOf, pageQuery } from '../../platform/http/paging.js';
import { languageQuery } from '../../platform/http/speaking.js';
import { NOTICE_STATES } from './notices.repository.js';

const tag = 'notices';

const notice = z
  .strictObject({
    id: uuid,
    event: code.meta({
      description: 'What happened, as the journal calls it',
      example: 'deadline-recomputed',
    }),
    title: words.meta({ description: 'The same in words, in my language' }),
    detail: words.nullable().meta({
      description: 'Which move or deadline it was, in words, where it was one',
      example: 'National report',
    }),
    text: z
      .strictObject({
        subject: words.meta({
          example: 'Slovenia: new date for “Submission of the national report”',
        }),
        sentence: words.meta({
          example:
            'Universal Periodic Review, Slovenia: the deadline “Submission of the national report” was moved from ' +
            '25 January 2027 at 17:00 UTC to 1 February 2027 at 17:00 UTC.',
        }),
      })
      .meta({ id: 'NoticeText', description: 'What is to be said of it; instants in UTC' }),
    urgency: z.enum(URGENCIES),
    state: z.enum(NOTICE_STATES),
    proceeding: z.strictObject({
      id: uuid,
      mechanism: code,
      state: iso3,
      test: z.boolean().meta({ description: 'A rehearsal' }),
    }),
    at: instant.meta({ description: 'When it happened, by the procedures’ clock' }),
    entry: z
      .strictObject({ compartment: code, n: z.int() })
      .meta({ description: 'The entry of the journal that tells it' }),
    link: words.meta({ description: 'Where to look', example: '/v1/reviews/…' }),
    toldAt: instant,
    readAt: instant.nullable(),
    archivedAt: instant.nullable(),
  })
  .meta({ id: 'Notice' });

/** A notice, as its recipient reads it. */
export type NoticeAnswer = z.infer<typeof notice>;

export const listNotices = operation({
  id: 'listNotices',
  method: 'GET',
  path: '/v1/notices',
  tag,
  summary: 'What I am told: my inbox, the newest first',
  description:
    'Everybody concerned is told once of each event, as the procedure’s notices say. What I may no ' +
    'longer read is not here any more. Without `state`: everything that is not archived.',
  localized: true,
  query: z.strictObject({
    ...pageQuery,
    ...languageQuery,
    state: z.enum(NOTICE_STATES).optional().meta({ description: 'In this state alone' }),
    proceeding: uuid.optional().meta({ description: 'Of this review alone' }),
  }),
  returns: pageOf(notice).meta({ id: 'Notices' }),
});
export const streamNotices = operation({
  id: 'streamNotices',
  method: 'GET',
  path: '/v1/notices/stream',
  tag,
  summary: 'What I am told, as it happens',
  description:
    'Server-sent events. `start` comes first; then each `notice`, whose data are what `GET ' +
    '/v1/notices/{id}` answers at that moment, in the order of telling. The `id` of the last, sent ' +
    'as `Last-Event-ID`, takes up behind it: nothing is lost or repeated. Without one it begins now. ' +
    'Whoever names `text/event-stream` in `Accept`, as every EventSource does, stays, with a comment ' +
    'every 20 seconds as a sign of life; anybody else gets what there is, and the end. `end` says ' +
    'that the session or key is no longer good. Receiving keeps no session from ending when it is idle.',
  localized: true,
  query: z.strictObject(languageQuery),
  headers: z.strictObject({
    'Last-Event-ID': cursor.optional().meta({
      description: '`id` of the last event that came; opaque',
      example: 'WyJzdHJlYW1Ob3RpY2VzIl0',
    }),
  }),
  returns: 'events',
  problems: ['malformed-cursor'],
});
export const getNotice = operation({
  id: 'getNotice',
  method: 'GET',
  path: '/v1/notices/{id}',
  tag,
  summary: 'One notice of mine',
  description: 'As I may read it now; gone where I may not.',
  localized: true,
  params: byId,
  query: z.strictObject(languageQuery),
  returns: notice,
});
export const putNotice = operation({
  id: 'putNotice',
  method: 'PUT',
  path: '/v1/notices/{id}',
  tag,
  summary: 'Mark a notice of mine as read or unread, or put it away',
  description: 'What is not said stays as it is. It changes nothing for anybody else.',
  localized: true,
  params: byId,
  query: z.strictObject(languageQuery),
  body: z
    .strictObject({ read: z.boolean().optional(), archived: z.boolean().optional() })
    .meta({ id: 'NoticeMarks', example: { read: true } }),
  returns: notice,
});
export const readNotices = operation({
  id: 'readNotices',
  method: 'POST',
  path: '/v1/notices/read',
  tag,
  summary: 'Mark everything that I was told until an instant as read',
  description: 'What came after stays unread: nothing is missed that was not on the screen.',
  idempotent: true,
  body: z
    .strictObject({ until: instant.meta({ description: 'The `toldAt` of the last that I saw' }) })
    .meta({ id: 'NoticesRead', example: { until: '2027-05-03T09:00:00Z' } }),
  returns: z.strictObject({ read: z.int() }).meta({ id: 'NoticesMarked' }),
  status: 200,
});
