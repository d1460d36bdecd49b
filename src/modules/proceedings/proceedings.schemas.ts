import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { sessionSchema } from '../calendar/index.js';

const {
  byId,
  code,
  date,
  instant,
  iso3,
  localTime,
  prose,
  sha256,
  side,
  uuid,
  words,
  written,
  zone,
} = fields;

const CHAIN = /^[a-z-]+(:[A-Za-z0-9:-]+)?$/;
const chain = written(CHAIN).meta({ description: 'One chain of the journal', example: 'case' });
export const compartment = z
  .string()
  .regex(CHAIN)
  .max(120)
  .meta({ description: 'One chain of the journal', example: 'case' });

/** What reviews and communications share on the wire. */
export const moveMade = z
  .strictObject({
    n: z.int(),
    move: code.nullable().meta({ description: 'Null at the opening' }),
    status: code.meta({ description: 'The stage that was entered' }),
    by: code.meta({ description: 'The role that acted' }),
    reason: words.nullable(),
    at: instant,
  })
  .meta({ id: 'MoveMade' });
export const deadline = z
  .strictObject({
    id: uuid,
    key: code.meta({ example: 'national-report' }),
    owedBy: code,
    due: instant,
    dueLocal: localTime,
    zone,
    holidaysKnown: z.boolean().meta({
      description: 'False where it is counted in working days over a year without known holidays',
    }),
    status: z.enum(['pending', 'met', 'lapsed', 'cancelled']),
    metAt: instant.nullable(),
    lapsedAt: instant.nullable(),
    history: z.array(
      z.strictObject({
        what: z.enum(['set', 'met', 'lapsed', 'recomputed', 'cancelled']),
        at: instant,
        was: instant.nullable(),
        isNow: instant,
        reason: words.nullable(),
      }),
    ),
  })
  .meta({ id: 'Deadline' });
export const participant = z
  .strictObject({
    role: code,
    principal: side,
    basis: words.meta({ description: 'On what ground it takes part' }),
    recordedAt: instant,
  })
  .meta({ id: 'Participant' });
export const entry = z
  .strictObject({
    id: uuid,
    compartment: chain,
    n: z.int(),
    at: instant,
    what: code,
    by: code,
    onBehalfOf: code.nullable(),
    reason: words.nullable(),
    facts: z.record(code, z.unknown()),
    body: words.meta({ description: 'The canonical text (RFC 8785) that was hashed' }),
    previous: written(/^([0-9a-f]{64})?$/).meta({ description: '`hash` before; empty at first' }),
    hash: sha256.meta({
      description: 'SHA-256 of previous, n and body, separated by line feeds, in hexadecimal',
    }),
  })
  .meta({ id: 'JournalEntry' });
export const verification = z
  .strictObject({
    intact: z.boolean(),
    chains: z.array(
      z.strictObject({
        compartment: chain,
        entries: z.int(),
        head: written(/^([0-9a-f]{64})?$/).meta({ description: 'Empty where nothing is left' }),
        firstBroken: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'JournalVerification' });
export const headProof = z
  .strictObject({
    compartment: chain,
    day: date,
    root: sha256,
    head: z.strictObject({
      n: z.int().meta({ description: 'How many entries the chain had when it last grew' }),
      hash: sha256,
      salt: sha256,
      position: written(/^[01]+$/).meta({
        description: 'A digit a level, from the leaf; 1: the right one',
        example: '0110',
      }),
      path: z.array(sha256).meta({ description: 'The other one at each level' }),
    }),
    previous: sha256.meta({ description: 'The root before the first of `links`' }),
    links: z
      .array(z.strictObject({ day: date, tree: sha256 }))
      .meta({ description: 'From the day on which it grew to the day asked for' }),
  })
  .meta({ id: 'HeadProof', description: '`npm run verify-chain` checks it, offline' });
const duty = z
  .strictObject({
    proceedingId: uuid,
    state: iso3,
    deadline: code,
    as: code.meta({ description: 'The role that owes it' }),
    due: instant,
    dueLocal: localTime,
    zone,
    overdue: z.boolean(),
  })
  .meta({ id: 'Duty' });

export const duties = operation({
  id: 'duties',
  method: 'GET',
  path: '/v1/me/duties',
  tag: 'sign-in',
  summary: 'What I owe, everywhere, in order of the deadlines',
  description:
    'Pending deadlines of the sides I sit on, in every procedure; and `embargo-end`, for who filed ' +
    'and the secretariat, from seven days before it until it is over.',
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
    'and every change is kept. What lapsed in a review to which its State did not come is counted ' +
    'anew when it is resumed. `If-Match` names the version of the session.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      reason: prose(1000),
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
            toSession: uuid.optional().meta({
              description: 'Another session of the same cycle, which takes the review up instead',
            }),
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
    'unknown-session',
    'unknown-deadline',
    'already-exists',
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
