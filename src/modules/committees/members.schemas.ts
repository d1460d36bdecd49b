import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const { byId, date, email, iso3, line, prose, side, uuid, words } = fields;

const nationalities = (states: z.ZodType<string>) =>
  z.array(states).min(1).max(5).meta({ description: 'One, or several' });
const seat = z.enum(['member', 'chair']);

const member = z
  .strictObject({
    id: uuid,
    side: side.meta({ description: 'Under which they take part in cases' }),
    name: words,
    nationalities: nationalities(iso3),
    seat,
    basis: words.meta({ description: 'How they came to it', example: 'elected at MoP-8' }),
    from: date,
    until: date.nullable().meta({ description: 'The first day that is no longer of the term' }),
    ended: z
      .strictObject({ on: date, reason: words })
      .nullable()
      .meta({ description: 'Where it ended before its time' }),
  })
  .meta({ id: 'BodyMember' });

const key = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/)
  .max(40)
  .meta({ description: 'The key of the body', example: 'aarhus-committee' });

export const listMembers = operation({
  id: 'listMembers',
  method: 'GET',
  path: '/v1/bodies/{key}/members',
  tag: 'directory',
  summary: 'Who sits on a body in personal capacity, and when',
  description:
    'In the order of their terms. `on` keeps the terms that hold on that day. Their accounts are ' +
    'nobody’s to know.',
  open: true,
  cached: true,
  params: z.strictObject({ key }),
  query: z.strictObject({
    ...pageQuery,
    on: date.optional().meta({ description: 'Terms that hold on this day' }),
  }),
  returns: pageOf(member).meta({ id: 'BodyMembers' }),
});
export const addMember = operation({
  id: 'addMember',
  method: 'POST',
  path: '/v1/bodies/{key}/members',
  tag: 'directory',
  scope: 'session',
  summary: 'Enter a member of a body, and seat their account on it',
  description:
    'By whoever manages the secretariat of a procedure that names the body, once the term has begun; ' +
    'never for themselves. Name, nationality and term are public, the address is not. Where the ' +
    'procedure says so, no two members are of one nationality at a time, and there is one chair. ' +
    'Whoever is elected again gets another term when the one before is over.',
  params: z.strictObject({ key }),
  body: z
    .strictObject({
      email,
      name: line(200),
      nationalities: nationalities(iso3),
      seat: seat.default('member'),
      basis: line(500),
      from: date,
      until: date.optional(),
    })
    .meta({
      id: 'NewBodyMember',
      example: {
        email: 'member@committee.example',
        name: 'Ana Novak',
        nationalities: ['SVN'],
        seat: 'member',
        basis: 'elected at MoP-8',
        from: '2025-11-20',
        until: '2033-11-20',
      },
    }),
  returns: member,
  status: 201,
  idempotent: true,
  problems: [
    'permission-missing',
    'not-offered',
    'not-your-own',
    'unknown-account',
    'unknown-state',
    'dates-in-disorder',
    'nationality-taken',
    'already-exists',
  ],
});
export const endTerm = operation({
  id: 'endTerm',
  method: 'POST',
  path: '/v1/members/{id}/end',
  tag: 'directory',
  scope: 'session',
  summary: 'Enter that a member’s term ends before its time',
  description:
    'By whoever manages the secretariat of a procedure that names the body. The seat on the body ends ' +
    'on that day too, at once if it has come. Nothing is deleted; the reason is public.',
  params: byId,
  body: z
    .strictObject({ on: date, reason: prose(1000) })
    .meta({ id: 'EndOfTerm', example: { on: '2027-03-01', reason: 'Resigned' } }),
  returns: member,
  status: 200,
  idempotent: true,
  problems: ['permission-missing', 'term-over', 'dates-in-disorder'],
});
