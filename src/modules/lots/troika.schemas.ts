import { z } from 'zod';
import { byId, code, instant, iso3, uuid, version, words } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';

const tag = 'lots';
const kind = z.enum(['own-region', 'substitution', 'excusal']);

const request = z
  .strictObject({
    id: uuid,
    kind,
    rapporteur: iso3.nullable().meta({ description: 'Who is to be replaced' }),
    status: z.enum(['open', 'granted', 'declined']),
    askedAt: instant,
    answeredAt: instant.nullable(),
    version,
  })
  .meta({ id: 'TroikaRequest' });
const troika = z
  .strictObject({
    seats: z.int(),
    vacant: z.int(),
    rapporteurs: z.array(
      z.strictObject({
        state: iso3,
        group: code.nullable().meta({ description: 'Regional group, today', example: 'grulac' }),
        basis: words,
        since: instant,
      }),
    ),
    ownRegion: z.boolean().meta({ description: 'The State asked for one from its own group' }),
    substitutionsLeft: z.int(),
    requests: z.array(request).meta({ description: 'Those that I may see' }),
    version: version.meta({ description: 'Of the review: send it in If-Match' }),
  })
  .meta({ id: 'TroikaNow' });

export const getTroika = operation({
  id: 'getTroika',
  method: 'GET',
  path: '/v1/reviews/{id}/troika',
  tag,
  summary: 'The troika of a review as it stands, and what was asked of it',
  description: 'A request to be excused is known to the troika and those who answer it.',
  params: byId,
  returns: troika,
});
export const askOfTroika = operation({
  id: 'askOfTroika',
  method: 'POST',
  path: '/v1/reviews/{id}/troika/requests',
  tag,
  summary: 'Ask for a rapporteur of one’s own region, for another one, or to be excused',
  description:
    'The State under review: `own-region`, before the draw; `substitution`, once, which vacates the ' +
    'seat at once. A rapporteur: `excusal`, which is answered. No reasons are asked. Whoever leaves ' +
    'a seat loses what it opened; the seat is filled by another lot.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({ kind, rapporteur: iso3.optional() })
    .meta({ id: 'NewTroikaRequest', example: { kind: 'substitution', rapporteur: 'NOR' } }),
  returns: troika,
  status: 200,
  problems: [
    'wrong-role',
    'permission-missing',
    'lot-not-offered',
    'too-late',
    'already-exists',
    'lot-group-empty',
    'substitution-used-up',
    'unknown-rapporteur',
  ],
});
export const answerTroikaRequest = operation({
  id: 'answerTroikaRequest',
  method: 'POST',
  path: '/v1/troika-requests/{id}/answer',
  tag,
  summary: 'Grant or decline a rapporteur’s request to be excused (the president, the secretariat)',
  description: 'Granted, the seat is vacant at once, until another lot fills it.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({ grant: z.boolean() })
    .meta({ id: 'TroikaAnswer', example: { grant: true } }),
  returns: request,
  status: 200,
  problems: ['wrong-role', 'permission-missing', 'already-given', 'too-late'],
});
