import { z } from 'zod';
import { byId, date, instant, iso3, line, side, uuid } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { sessionSchema } from '../calendar/index.js';

/** What reviews and communications share on the wire. */
export const moveMade = z
  .strictObject({
    n: z.int(),
    move: z.string().nullable().meta({ description: 'Null at the opening' }),
    status: z.string().meta({ description: 'The stage that was entered' }),
    by: z.string().meta({ description: 'The role that acted' }),
    reason: z.string().nullable(),
    at: instant,
  })
  .meta({ id: 'MoveMade' });
export const deadline = z
  .strictObject({
    id: uuid,
    key: z.string().meta({ example: 'national-report' }),
    owedBy: z.string(),
    due: instant,
    dueLocal: z
      .string()
      .meta({ description: 'Local date and time in the zone', example: '2026-11-02T17:00' }),
    zone: z.string(),
    status: z.enum(['pending', 'met', 'lapsed', 'cancelled']),
    metAt: instant.nullable(),
    lapsedAt: instant.nullable(),
    history: z.array(
      z.strictObject({
        what: z.enum(['set', 'met', 'lapsed', 'recomputed', 'cancelled']),
        at: instant,
        was: instant.nullable(),
        isNow: instant,
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Deadline' });
export const participant = z
  .strictObject({
    role: z.string(),
    principal: side,
    basis: z.string().meta({ description: 'On what ground it takes part' }),
    recordedAt: instant,
  })
  .meta({ id: 'Participant' });
export const entry = z
  .strictObject({
    id: uuid,
    compartment: z.string(),
    n: z.int(),
    at: instant,
    what: z.string(),
    by: z.string(),
    onBehalfOf: z.string().nullable(),
    reason: z.string().nullable(),
    facts: z.record(z.string(), z.unknown()),
    body: z.string().meta({ description: 'The canonical text (RFC 8785) that was hashed' }),
    previous: z.string(),
    hash: z.string().meta({
      description: 'SHA-256 of previous, n and body, separated by line feeds, in hexadecimal',
    }),
  })
  .meta({ id: 'JournalEntry' });
export const verification = z
  .strictObject({
    intact: z.boolean(),
    chains: z.array(
      z.strictObject({
        compartment: z.string(),
        entries: z.int(),
        head: z.string(),
        firstBroken: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'JournalVerification' });
const duty = z
  .strictObject({
    proceedingId: uuid,
    state: iso3,
    deadline: z.string(),
    as: z.string().meta({ description: 'The role that owes it' }),
    due: instant,
    dueLocal: z.string(),
    zone: z.string(),
    overdue: z.boolean(),
  })
  .meta({ id: 'Duty' });

export const duties = operation({
  id: 'duties',
  method: 'GET',
  path: '/v1/me/duties',
  tag: 'sign-in',
  summary: 'What I owe, everywhere, in order of the deadlines',
  description: 'Pending deadlines of the sides I sit on, in every procedure.',
  scope: 'me:read',
  query: z.strictObject(pageQuery),
  returns: pageOf(duty).meta({ id: 'Duties' }),
});

export const rescheduleSession = operation({
  id: 'rescheduleSession',
  method: 'POST',
  path: '/v1/sessions/{id}/reschedule',
  tag: 'calendar',
  summary: 'Give a session, or places in it, new dates (its secretariat)',
  description:
    'Pending deadlines are counted again, with the reason; what has lapsed or been met stays, ' +
    'and every change is kept. `If-Match` names the version of the session.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      reason: line(1000),
      starts: date.optional(),
      ends: date.optional(),
      dates: sessionSchema.shape.dates.optional(),
      hours: sessionSchema.shape.hours.optional(),
      slots: z
        .array(
          z.strictObject({
            state: iso3,
            starts: instant,
            ends: instant,
            outcomeStarts: instant.nullable().optional(),
          }),
        )
        .max(60)
        .default([]),
    })
    .meta({
      id: 'NewDates',
      example: {
        reason: 'The building is closed',
        slots: [
          { state: 'SVN', starts: '2027-05-10T09:00:00+02:00', ends: '2027-05-10T12:30:00+02:00' },
        ],
      },
    }),
  returns: sessionSchema
    .extend({ deadlinesMoved: z.int().meta({ description: 'How many fell on another instant' }) })
    .meta({ id: 'SessionRescheduled' }),
  status: 200,
  problems: [
    'permission-missing',
    'dates-in-disorder',
    'unknown-state',
    'unknown-deadline',
    'too-late',
  ],
});

const clock = z
  .strictObject({
    now: instant,
    shifted: z.boolean().meta({ description: 'Differs from the wall’s clock: test mode' }),
  })
  .meta({ id: 'Clock' });
export const readClock = operation({
  id: 'readClock',
  method: 'GET',
  path: '/v1/clock',
  tag: 'calendar',
  summary: 'The instant that counts for procedures',
  description: 'Deadlines are held against it. In production it is the wall’s clock.',
  returns: clock,
});
export const advanceClock = operation({
  id: 'advanceClock',
  method: 'POST',
  path: '/v1/clock/advance',
  tag: 'calendar',
  summary: 'Move the procedures’ clock (administrators)',
  description:
    'Before the first proceeding it may be set once to any instant; then it moves forward only. ' +
    'Answers when every deadline that expires on the way has been dealt with, in order.',
  testOnly: true,
  body: z
    .strictObject({ to: instant })
    .meta({ id: 'ClockAdvance', example: { to: '2027-05-03T11:00:00Z' } }),
  returns: clock.extend({ expired: z.int() }).meta({ id: 'ClockAdvanced' }),
  status: 200,
  problems: ['forbidden', 'clock-backwards'],
});
