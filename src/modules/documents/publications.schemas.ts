import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { document } from './documents.schemas.js';

const { byId, instant, prose } = fields;
const ACTING = ['wrong-role', 'permission-missing', 'already-published'] as const;

export const putEmbargo = operation({
  id: 'putEmbargo',
  method: 'PUT',
  path: '/v1/documents/{id}/embargo',
  tag: 'documents',
  summary: 'Hold back what an organization or the secretariat has filed, until an instant',
  description:
    'By its side, or the secretariat; what a State hands in comes out at its stage. When that has come ' +
    'it waits. Both are warned seven days before the end, and may still ' +
    'extend it for 48 hours after; then it is published. 180 days from the first asking is the ' +
    'most. `null` lifts it. Whoever filed it for another side decides too, but lets nothing out that ' +
    'this side has held back. Nobody else learns of it.',
  params: byId,
  ifMatch: true,
  body: z.strictObject({ until: instant.nullable(), reason: prose(1000) }).meta({
    id: 'Embargo',
    example: { until: '2027-06-01T10:00:00+02:00', reason: 'The author leaves the country first' },
  }),
  returns: document,
  status: 200,
  problems: [...ACTING, 'audience-not-offered', 'embargo-too-short', 'embargo-too-long'],
});
export const putAudience = operation({
  id: 'putAudience',
  method: 'PUT',
  path: '/v1/documents/{id}/audience',
  tag: 'documents',
  summary: 'Ask that an organization’s document is not published (its side, or the secretariat)',
  description:
    '`parties`: it stays before those who see it where it was filed, and is never published. ' +
    '`public` takes that back.',
  params: byId,
  ifMatch: true,
  body: z
    .strictObject({ audience: z.enum(['public', 'parties']), reason: prose(1000) })
    .meta({ id: 'Audience', example: { audience: 'parties', reason: 'It names its sources' } }),
  returns: document,
  status: 200,
  problems: [...ACTING, 'audience-not-offered'],
});
