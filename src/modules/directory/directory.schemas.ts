import { z } from 'zod';
import { date, iso3, language, line, uuid, words } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const GROUPS = ['african', 'asia-pacific', 'eastern-european', 'grulac', 'weog'] as const;
const KINDS = ['member', 'observer', 'organization'] as const;
const validity = { from: date.nullable(), until: date.nullable(), verified: z.boolean() };

const state = z
  .strictObject({
    iso3,
    m49: z
      .string()
      .regex(/^\d{3}$/)
      .nullable()
      .meta({ description: 'UN M49; an organization of States has none' }),
    kind: z.enum(KINDS),
    names: z.record(language, words).meta({ description: 'Short names by language' }),
    formalName: words.nullable(),
    aliases: z.array(
      z.strictObject({
        name: words,
        language,
        form: z.enum(['former', 'other']),
        ...validity,
      }),
    ),
    groups: z.array(z.strictObject({ group: z.enum(GROUPS), note: words.nullable(), ...validity })),
  })
  .meta({ id: 'State' });
const seat = z
  .strictObject({
    id: uuid,
    state: iso3,
    from: date,
    until: date.nullable(),
    source: words.nullable(),
    verified: z.boolean().meta({ description: 'False where no source was given' }),
  })
  .meta({ id: 'BodySeat' });
const newSeat = z
  .strictObject({
    state: iso3,
    from: date,
    until: date.optional(),
    source: line(500).optional(),
  })
  .meta({ id: 'NewBodySeat' });
const bodyKey = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .max(40)
    .meta({ description: 'The key of the body', example: 'hrc' }),
});

export const listStates = operation({
  id: 'listStates',
  method: 'GET',
  path: '/v1/states',
  tag: 'directory',
  summary: 'States, and organizations of States that are Parties to treaties as States are',
  description:
    'By code. Short names in six languages, aliases and regional groups with their dates. ' +
    'Members of the United Nations, observers that take part, and organizations: these are in no ' +
    'regional group, and make no recommendations.',
  open: true,
  cached: true,
  query: z.strictObject({
    ...pageQuery,
    kind: z.enum(KINDS).optional().meta({ description: 'Of this kind alone' }),
    group: z.enum(GROUPS).optional().meta({ description: 'Regional group, today' }),
  }),
  returns: pageOf(state).meta({ id: 'States' }),
});
export const getState = operation({
  id: 'getState',
  method: 'GET',
  path: '/v1/states/{iso3}',
  tag: 'directory',
  summary: 'A State, with its names and regional groups over time',
  description: 'A date that is null is open: from the beginning, or to this day.',
  open: true,
  cached: true,
  params: z.strictObject({ iso3 }),
  returns: state,
});
export const listSeats = operation({
  id: 'listSeats',
  method: 'GET',
  path: '/v1/bodies/{key}/seats',
  tag: 'directory',
  summary: 'Which States sit on a body, and when',
  description: 'By State, then by beginning. `on` keeps the terms that hold on that day.',
  open: true,
  cached: true,
  params: bodyKey,
  query: z.strictObject({
    ...pageQuery,
    on: date.optional().meta({ description: 'Terms that hold on this day' }),
    state: iso3.optional().meta({ description: 'Terms of this State' }),
  }),
  returns: pageOf(seat).meta({ id: 'BodySeats' }),
});
export const addSeats = operation({
  id: 'addSeats',
  method: 'POST',
  path: '/v1/bodies/{key}/seats',
  tag: 'directory',
  summary: 'Enter terms on a body (secretariats)',
  description:
    'Terms that are known already stay as they are. A term without a source is unverified.',
  params: bodyKey,
  body: z.strictObject({ seats: z.array(newSeat).min(1).max(500) }).meta({
    id: 'NewBodySeats',
    example: {
      seats: [{ state: 'SVN', from: '2016-01-01', until: '2018-12-31', source: 'A/70/PV.45' }],
    },
  }),
  returns: z.strictObject({ added: z.int(), known: z.int() }).meta({ id: 'SeatsAdded' }),
  status: 200,
  idempotent: true,
  problems: ['forbidden', 'unknown-state', 'dates-in-disorder', 'already-exists'],
});
