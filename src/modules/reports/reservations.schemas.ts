import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, wholeQuery } from '../../platform/http/paging.js';

const { byId, date, instant, iso3, prose, uuid, version, words } = fields;

const kind = z
  .enum(['reservation', 'statement'])
  .meta({ description: 'What it is called in the record of the meeting' });
const reservation = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    state: iso3,
    kind,
    text: words,
    madeOn: date,
    recordedAt: instant,
    withdrawnAt: instant.nullable().meta({ description: 'Its words were taken out, for good' }),
    version,
  })
  .meta({ id: 'Reservation' });

const ACTING = ['not-offered', 'wrong-role', 'permission-missing', 'wrong-stage'] as const;

export const recordReservation = operation({
  id: 'recordReservation',
  method: 'POST',
  path: '/v1/reviews/{id}/reservations',
  tag: 'reports',
  summary: 'Record what a State reserves on the adoption of the report (the secretariat)',
  description:
    'At the adoption or after it. It stands at once on the page of the review in the record.',
  params: byId,
  idempotent: true,
  body: z
    .strictObject({ state: iso3, kind, text: prose(8000), madeOn: date })
    .meta({ id: 'NewReservation' }),
  returns: reservation,
  status: 201,
  location: '/v1/reservations/{id}',
  problems: [...ACTING, 'side-ambiguous', 'unknown-state'],
});

export const listReservations = operation({
  id: 'listReservations',
  method: 'GET',
  path: '/v1/reviews/{id}/reservations',
  tag: 'reports',
  summary: 'What States reserve on the adoption of the report',
  description: 'In the order of their days.',
  params: byId,
  query: wholeQuery,
  returns: pageOf(reservation).meta({ id: 'Reservations' }),
});

export const getReservation = operation({
  id: 'getReservation',
  method: 'GET',
  path: '/v1/reservations/{id}',
  tag: 'reports',
  summary: 'What a State reserves on the adoption of a report',
  description: 'For whom the list of them is.',
  params: byId,
  returns: reservation,
});
