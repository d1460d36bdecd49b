import { z } from 'zod';
import {
  byId,
  code,
  date,
  instant,
  iso3,
  line,
  uuid,
  version,
  words,
} from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const mechanism = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/)
  .max(40)
  .meta({ example: 'upr' });
const hour = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .max(5)
  .meta({ example: '17:00' });
const byDeadline = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,59}$/)
  .max(60);
const dates = z
  .record(byDeadline, date)
  .meta({ description: 'Dates that override the rules, by deadline' });
const hours = z
  .record(byDeadline, hour)
  .meta({ description: 'Local hours that override the rules, by deadline' });

const cycle = z
  .strictObject({
    id: uuid,
    mechanism,
    number: z.int().min(1),
    starts: date,
    ends: date.nullable(),
    source: words.nullable(),
    verified: z.boolean(),
  })
  .meta({ id: 'Cycle' });
/** What was moved, when and why; the oldest first. */
const changesOf = <S extends z.ZodType>(what: S) =>
  z.array(z.strictObject({ at: instant, reason: words, was: what, isNow: what }));
const planned = z.strictObject({ starts: date, ends: date, dates, hours });

export const session = z
  .strictObject({
    id: uuid,
    cycleId: uuid,
    mechanism,
    number: z.int().min(1),
    title: words,
    starts: date,
    ends: date,
    dates,
    hours,
    changes: changesOf(planned),
    version,
  })
  .meta({ id: 'Session' });
const slot = z
  .strictObject({
    id: uuid,
    sessionId: uuid,
    state: iso3,
    starts: instant,
    ends: instant,
    outcomeStarts: instant.nullable().meta({ description: 'The plenary takes up the outcome' }),
    changes: changesOf(z.record(code, z.union([instant.nullable(), uuid]))),
    version,
  })
  .meta({ id: 'Slot' });

export const createCycle = operation({
  id: 'createCycle',
  method: 'POST',
  path: '/v1/cycles',
  tag: 'calendar',
  summary: 'Open a cycle (its secretariat)',
  description: 'A cycle without a source is marked as unverified.',
  body: z
    .strictObject({
      mechanism,
      number: z.int().min(1).max(999),
      starts: date,
      ends: date.optional(),
      source: line(500).optional(),
    })
    .meta({
      id: 'NewCycle',
      example: { mechanism: 'upr', number: 4, starts: '2022-11-07', ends: '2027-02-05' },
    }),
  returns: cycle,
  status: 201,
  idempotent: true,
  problems: ['permission-missing', 'already-exists', 'dates-in-disorder', 'unknown-mechanism'],
});
export const listCycles = operation({
  id: 'listCycles',
  method: 'GET',
  path: '/v1/cycles',
  tag: 'calendar',
  summary: 'Cycles',
  description: 'By mechanism and number.',
  open: true,
  cached: true,
  query: z.strictObject({
    ...pageQuery,
    mechanism: mechanism.optional().meta({ description: 'The key of the procedure' }),
  }),
  returns: pageOf(cycle).meta({ id: 'Cycles' }),
});
export const createSession = operation({
  id: 'createSession',
  method: 'POST',
  path: '/v1/sessions',
  tag: 'calendar',
  summary: 'Add a session to a cycle (its secretariat)',
  description:
    '`dates` and `hours` stand in for what the rules of the procedure would give, by deadline.',
  body: z
    .strictObject({
      cycleId: uuid,
      number: z.int().min(1).max(9999),
      title: line(200),
      starts: date,
      ends: date,
      dates: dates.optional(),
      hours: hours.optional(),
    })
    .meta({
      id: 'NewSession',
      example: {
        cycleId: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10',
        number: 50,
        title: 'Fiftieth session',
        starts: '2027-05-03',
        ends: '2027-05-14',
      },
    }),
  returns: session,
  status: 201,
  location: '/v1/sessions/{id}',
  idempotent: true,
  problems: [
    'permission-missing',
    'already-exists',
    'dates-in-disorder',
    'unknown-cycle',
    'unknown-deadline',
  ],
});
export const listSessions = operation({
  id: 'listSessions',
  method: 'GET',
  path: '/v1/sessions',
  tag: 'calendar',
  summary: 'Sessions',
  description: 'In the order of their beginning.',
  open: true,
  cached: true,
  query: z.strictObject({
    ...pageQuery,
    cycle: uuid.optional().meta({ description: 'Of this cycle alone' }),
    mechanism: mechanism.optional().meta({ description: 'The key of the procedure' }),
  }),
  returns: pageOf(session).meta({ id: 'Sessions' }),
});
export const getSession = operation({
  id: 'getSession',
  method: 'GET',
  path: '/v1/sessions/{id}',
  tag: 'calendar',
  summary: 'A session',
  description: 'Its `version` is what rescheduling it needs.',
  open: true,
  cached: true,
  params: byId,
  returns: session,
});
export const listSchedule = operation({
  id: 'listSchedule',
  method: 'GET',
  path: '/v1/sessions/{id}/schedule',
  tag: 'calendar',
  summary: 'Which State when, with every change and its reason',
  description: 'In the order of the dialogues.',
  open: true,
  cached: true,
  params: byId,
  query: z.strictObject(pageQuery),
  returns: pageOf(slot).meta({ id: 'Schedule' }),
});
export const addSlot = operation({
  id: 'addSlot',
  method: 'POST',
  path: '/v1/sessions/{id}/schedule',
  tag: 'calendar',
  summary: 'Give a State its place in a session (the secretariat)',
  description:
    'A review can be opened for it from now on. Its deadlines are counted from these instants.',
  params: byId,
  body: z
    .strictObject({
      state: iso3,
      starts: instant,
      ends: instant,
      outcomeStarts: instant.optional(),
    })
    .meta({
      id: 'NewSlot',
      example: {
        state: 'SVN',
        starts: '2027-05-03T09:00:00+02:00',
        ends: '2027-05-03T12:30:00+02:00',
      },
    }),
  returns: slot,
  status: 201,
  idempotent: true,
  problems: ['permission-missing', 'already-exists', 'dates-in-disorder', 'unknown-state'],
});
