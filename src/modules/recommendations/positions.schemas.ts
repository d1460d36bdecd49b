import { z } from 'zod';
import { byId, prose, uuid, words } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { ACTING, position } from './recommendations.schemas.js';

const ownPosition = z
  .strictObject({
    recommendationId: uuid,
    position: position.nullable(),
    statedPosition: words.nullable(),
    comment: words.nullable(),
    version: z
      .int()
      .min(0)
      .meta({ description: '0 when none has been prepared; send it in If-Match' }),
  })
  .meta({ id: 'PreparedPosition' });

export const getPosition = operation({
  id: 'getPosition',
  method: 'GET',
  path: '/v1/recommendations/{id}/position',
  tag: 'recommendations',
  summary: 'The position that my delegation has prepared, and not yet given',
  description: 'Its `version` is what preparing it again needs.',
  params: byId,
  returns: ownPosition,
  problems: ['wrong-role'],
});
export const listPreparedPositions = operation({
  id: 'listPreparedPositions',
  method: 'GET',
  path: '/v1/reviews/{id}/positions',
  tag: 'recommendations',
  summary: 'All positions that my delegation has prepared, and not yet given',
  description: 'In the order of the report: what giving them would give, to be read before.',
  params: byId,
  query: z.strictObject(pageQuery),
  returns: pageOf(ownPosition).meta({ id: 'PreparedPositions' }),
  problems: ['wrong-role'],
});
export const putPosition = operation({
  id: 'putPosition',
  method: 'PUT',
  path: '/v1/recommendations/{id}/position',
  tag: 'recommendations',
  summary: 'Prepare a position, in my delegation’s own desk',
  description: 'Nobody else sees it until it is given. `If-Match: "0"` for the first.',
  params: byId,
  ifMatch: true,
  body: z
    .strictObject({
      position,
      statedPosition: prose(500).optional(),
      comment: prose(10_000).optional(),
    })
    .meta({
      id: 'NewPosition',
      example: { position: 'supported', comment: 'A bill is before parliament' },
    }),
  returns: ownPosition,
  problems: [...ACTING, 'position-unknown', 'withdrawn'],
});
export const givePositions = operation({
  id: 'givePositions',
  method: 'POST',
  path: '/v1/reviews/{id}/positions',
  tag: 'recommendations',
  summary: 'Give all positions that have been prepared',
  description:
    'In the room before the report is adopted, in writing later. They may be revised until the outcome is ' +
    'adopted. Name those that you have read, with their versions, and nothing else is given: `stale` tells ' +
    'of what was prepared anew meanwhile. `wording-changed` names those that were prepared before another text took the place of ' +
    'the one that they answer: read it, and prepare them anew.',
  params: byId,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      items: z
        .array(z.strictObject({ recommendationId: uuid, version: z.int().min(1) }))
        .min(1)
        .max(1000)
        .optional()
        .meta({ description: 'These alone, as they were read; else all that is prepared' }),
    })
    .meta({
      id: 'PositionsRead',
      example: {
        items: [{ recommendationId: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10', version: 2 }],
      },
    }),
  returns: z
    .strictObject({ given: z.int(), revised: z.int(), unanswered: z.int() })
    .meta({ id: 'PositionsGiven' }),
  status: 200,
  problems: [...ACTING, 'nothing-to-submit', 'unknown-kind', 'stale', 'wording-changed'],
});
