import { z } from 'zod';
import {
  byId,
  instant,
  knownPassword,
  line,
  uuid,
  words,
  written,
} from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { languageQuery } from '../../platform/http/speaking.js';

/** RFC 5545, in UTF-8. */
export const ICALENDAR = 'text/calendar';

const feed = z
  .strictObject({
    id: uuid,
    name: words.meta({ example: 'My telephone' }),
    createdAt: instant,
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'CalendarFeed' });

export const createCalendarFeed = operation({
  id: 'createCalendarFeed',
  method: 'POST',
  path: '/v1/me/calendar-feeds',
  tag: 'calendar',
  summary: 'Make a secret address for my deadlines and dates, to subscribe to in a calendar',
  description:
    'Whoever has the address reads what I may, as it is when they ask, in the language of my ' +
    'account; so it is shown once, kept as a hash alone, and made with the password, whose guesses ' +
    'are counted as they are at sign-in. Ten are good at a time; they end with my keys. Nothing ' +
    'shown once is stored, so a repeat makes another: there is no `Idempotency-Key`.',
  scope: 'session',
  body: z
    .strictObject({
      password: knownPassword.meta({ description: 'Mine: a session alone makes no feed' }),
      name: line(100),
    })
    .meta({
      id: 'NewCalendarFeed',
      example: { password: 'correct horse battery staple', name: 'My telephone' },
    }),
  returns: feed
    .extend({
      url: z.url().meta({
        description: 'Shown this once',
        example: 'https://comity.example/v1/calendar-feeds/cf_Zk3vQ0mR7yT1uN5w',
      }),
    })
    .meta({ id: 'CreatedCalendarFeed' }),
  status: 201,
  shownOnce: true,
  problems: ['wrong-credentials', 'too-many-attempts', 'too-many-feeds'],
});

export const listCalendarFeeds = operation({
  id: 'listCalendarFeeds',
  method: 'GET',
  path: '/v1/me/calendar-feeds',
  tag: 'calendar',
  summary: 'My calendar feeds, without their addresses',
  description: 'Those that ended too. In the order of their making.',
  scope: 'session',
  query: z.strictObject(pageQuery),
  returns: pageOf(feed).meta({ id: 'CalendarFeeds' }),
});

export const revokeCalendarFeed = operation({
  id: 'revokeCalendarFeed',
  method: 'DELETE',
  path: '/v1/me/calendar-feeds/{id}',
  tag: 'calendar',
  summary: 'End a calendar feed at once',
  description: 'From now on there is nothing at its address. Ending it again changes nothing.',
  scope: 'session',
  params: byId,
});

export const readCalendarFeed = operation({
  id: 'readCalendarFeed',
  method: 'GET',
  path: '/v1/calendar-feeds/{token}',
  tag: 'calendar',
  summary: 'Somebody’s own deadlines and dates, as a calendar (iCalendar)',
  description:
    'The address is all that it asks for. Deadlines of the proceedings in which a side of its owner ' +
    'takes part itself, and the dialogue and the plenary of those; what its owner may not see any ' +
    'more is gone at the next reading. A deadline is an event of fifteen minutes that ends when it ' +
    'falls due; one that was met or has lapsed says so, and one that was cancelled stays for 90 ' +
    'days. `SEQUENCE` rises with every change. An address that was never given out, or has ended, ' +
    'is missing.',
  open: true,
  params: z.strictObject({
    token: written(/^[A-Za-z0-9_-]+$/)
      .max(200)
      .meta({ description: 'The end of the secret address', example: 'cf_Zk3vQ0mR7yT1uN5w' }),
  }),
  returns: 'file',
  mediaType: ICALENDAR,
});

export const readSessionCalendar = operation({
  id: 'readSessionCalendar',
  method: 'GET',
  path: '/v1/sessions/{id}/calendar',
  tag: 'calendar',
  summary: 'The schedule of a session, as a calendar (iCalendar)',
  description:
    'The session, and the dialogue and the plenary of each State: what `/schedule` says, to be ' +
    'subscribed to. `SEQUENCE` rises with every change.',
  open: true,
  cached: true,
  localized: true,
  params: byId,
  query: z.strictObject(languageQuery),
  returns: 'file',
  mediaType: ICALENDAR,
});
