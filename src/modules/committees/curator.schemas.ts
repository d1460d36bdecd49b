import { z } from 'zod';
import { byId, instant, prose, uuid, version, words } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';

export const putCurator = operation({
  id: 'putCurator',
  method: 'PUT',
  path: '/v1/communications/{id}/curator',
  tag: 'communications',
  summary: 'Name the member of the Committee who prepares this case, or another in their place',
  description:
    'By the chair or the secretariat, as `name:curator` among the actions says. No national of the ' +
    'Party concerned, nobody who is recused, and nobody whose term is over. Who it is, and why, ' +
    'stays among the Committee.',
  params: byId,
  ifMatch: true,
  body: z.strictObject({ member: uuid, reason: prose(1000) }).meta({
    id: 'NewCurator',
    example: { member: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10', reason: 'Next in turn' },
  }),
  returns: z
    .strictObject({ member: uuid, name: words, reason: words, namedAt: instant, version })
    .meta({ id: 'Curator' }),
  problems: [
    'wrong-role',
    'permission-missing',
    'not-offered',
    'wrong-stage',
    'unknown-member',
    'term-over',
    'member-recused',
    'curator-national',
    'already-given',
  ],
});
