import { z } from 'zod';
import { code, date, instant, iso3, line, side, uuid, words } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const treatyKey = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .max(40)
    .meta({ description: 'The key of the treaty', example: 'aarhus' }),
});
const COMMUNICATIONS = 'communications';
const treaty = z
  .strictObject({
    key: code.meta({ example: 'aarhus' }),
    title: words.meta({ example: 'Convention on Access to Information' }),
    depositary: words
      .nullable()
      .meta({ description: 'Under which the depositary has it', example: 'UNTC XXVII-13' }),
    inForceFrom: date.nullable().meta({ example: '2001-10-30' }),
    optOuts: z
      .array(
        z.strictObject({
          procedure: code.meta({ example: COMMUNICATIONS }),
          years: z.int().min(1).max(100).meta({ description: 'At the most', example: 4 }),
        }),
      )
      .meta({ description: 'Procedures that a Party may opt out of' }),
  })
  .meta({ id: 'Treaty' });

const source = line(500).meta({
  description: 'Where it can be looked up, such as the notification of the depositary',
  example: 'C.N.27.2007.TREATIES-1',
});
const recorded = z
  .strictObject({ from: date, until: date.nullable(), source: words.nullable() })
  .meta({
    id: 'RecordedPeriod',
    example: { from: '2007-04-15', until: null, source: 'C.N.27.2007.TREATIES-1' },
  });
const period = {
  id: uuid,
  from: date.meta({ description: 'The first day' }),
  until: date.nullable().meta({ description: 'The first day no longer', example: null }),
  source: words.nullable().meta({ example: 'C.N.27.2007.TREATIES-1' }),
  verified: z.boolean().meta({ description: 'False where no source was given' }),
  changes: z
    .array(
      z.strictObject({
        at: instant,
        by: side.meta({ example: 'secretariat:aarhus' }),
        was: recorded.nullable().meta({ description: 'Null where it was entered', example: null }),
        isNow: recorded,
      }),
    )
    .meta({ description: 'What a secretariat has entered and changed, the oldest first' }),
};
const party = z
  .strictObject({
    state: iso3,
    periods: z.array(z.strictObject(period).meta({ id: 'PartyPeriod' })),
    optOuts: z.array(
      z
        .strictObject({ ...period, procedure: code.meta({ example: COMMUNICATIONS }) })
        .meta({ id: 'OptOut' }),
    ),
  })
  .meta({ id: 'Party' });
const asked = {
  state: iso3,
  from: date.meta({ description: 'The first day' }),
  source: source.optional(),
};

export const listTreaties = operation({
  id: 'listTreaties',
  method: 'GET',
  path: '/v1/treaties',
  tag: 'directory',
  summary: 'Treaties whose Parties are on record',
  description: 'By key. A treaty’s Parties are kept by the secretariat of the same key.',
  open: true,
  cached: true,
  query: z.strictObject(pageQuery),
  returns: pageOf(treaty).meta({ id: 'Treaties' }),
});
export const listParties = operation({
  id: 'listParties',
  method: 'GET',
  path: '/v1/treaties/{key}/parties',
  tag: 'directory',
  summary: 'Who is a Party to a treaty, since when, and what it has opted out of',
  description:
    'By code; past Parties too. `on` keeps those that are Parties on that day, with all their ' +
    'periods. An opt-out holds only while its State is a Party.',
  open: true,
  cached: true,
  params: treatyKey,
  query: z.strictObject({
    ...pageQuery,
    on: date.optional().meta({ description: 'Parties on this day' }),
    state: iso3.optional().meta({ description: 'This State alone' }),
  }),
  returns: pageOf(party).meta({ id: 'Parties' }),
});
export const addParties = operation({
  id: 'addParties',
  method: 'POST',
  path: '/v1/treaties/{key}/parties',
  tag: 'directory',
  summary: 'Enter who is a Party to a treaty, and since when (its secretariat)',
  description:
    'Periods of the same beginning that are known stay as they are. One without a source is unverified.',
  params: treatyKey,
  body: z
    .strictObject({
      parties: z
        .array(z.strictObject({ ...asked, until: date.optional() }).meta({ id: 'NewPartyPeriod' }))
        .min(1)
        .max(500),
    })
    .meta({
      id: 'NewParties',
      example: {
        parties: [{ state: 'DEU', from: '2007-04-15', source: 'C.N.27.2007.TREATIES-1' }],
      },
    }),
  returns: z.strictObject({ added: z.int(), known: z.int() }).meta({ id: 'PartiesAdded' }),
  status: 200,
  idempotent: true,
  problems: ['forbidden', 'unknown-state', 'dates-in-disorder', 'periods-overlap'],
});
export const addOptOuts = operation({
  id: 'addOptOuts',
  method: 'POST',
  path: '/v1/treaties/{key}/opt-outs',
  tag: 'directory',
  summary: 'Enter that Parties do not accept a procedure for some time (its secretariat)',
  description:
    'Opt-outs of the same beginning that are known stay as they are. A treaty says what may be ' +
    'opted out of, and for how many years at the most.',
  params: treatyKey,
  body: z
    .strictObject({
      optOuts: z
        .array(
          z
            .strictObject({
              ...asked,
              procedure: z
                .string()
                .regex(/^[a-z][a-z0-9-]{0,39}$/)
                .max(40)
                .meta({ example: COMMUNICATIONS }),
              until: date.meta({ description: 'The first day no longer' }),
            })
            .meta({ id: 'NewOptOut' }),
        )
        .min(1)
        .max(500),
    })
    .meta({
      id: 'NewOptOuts',
      example: {
        optOuts: [
          { state: 'SVN', procedure: COMMUNICATIONS, from: '2004-10-27', until: '2008-10-27' },
        ],
      },
    }),
  returns: z.strictObject({ added: z.int(), known: z.int() }).meta({ id: 'OptOutsAdded' }),
  status: 200,
  idempotent: true,
  problems: ['forbidden', 'unknown-state', 'dates-in-disorder', 'periods-overlap'].concat([
    'not-a-party',
    'opt-out-not-offered',
    'opt-out-too-long',
  ]),
});
export const changeParty = operation({
  id: 'changeParty',
  method: 'POST',
  path: '/v1/treaties/{key}/changes',
  tag: 'directory',
  summary: 'End, verify or correct a period or an opt-out (the treaty’s secretariat)',
  description:
    'A withdrawal is the end of a period, and a revocation an earlier end of an opt-out. What is not ' +
    'given stays; what was on record before is kept in `changes`, with who changed it and when. ' +
    'The same once more changes nothing.',
  params: treatyKey,
  body: z
    .strictObject({
      item: uuid.meta({ description: 'The id of the period or of the opt-out' }),
      from: date.optional(),
      until: date.nullable().optional().meta({
        description: 'The first day no longer; null where a period goes on',
        example: '2022-10-24',
      }),
      source,
    })
    .meta({ id: 'PartyChange' }),
  returns: party,
  status: 200,
  idempotent: true,
  problems: ['forbidden', 'dates-in-disorder', 'periods-overlap', 'unknown-period'].concat([
    'not-a-party',
    'opt-out-too-long',
  ]),
});
