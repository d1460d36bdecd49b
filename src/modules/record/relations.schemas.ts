import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';

const { byId, uuid, words } = fields;

/** A recommendation of another cycle, as relations name it. */
export const related = z
  .strictObject({
    id: uuid.meta({ description: 'In the record' }),
    cycle: z.int(),
    session: z.int(),
    label: words.meta({ example: '121.10' }),
  })
  .meta({ id: 'RelatedRecommendation' });

export const getRelations = operation({
  id: 'getRecordRelations',
  method: 'GET',
  path: '/v1/record/recommendations/{id}/relations',
  tag: 'record',
  summary: 'What a published recommendation repeats, and what repeats it',
  description:
    'Over all cycles, as people confirmed it. What was withdrawn neither repeats nor is repeated.',
  open: true,
  cached: true,
  params: byId,
  returns: z
    .strictObject({
      id: uuid,
      earlier: z.array(related).meta({ description: 'The latest cycle first' }),
      later: z.array(related).meta({ description: 'The earliest cycle first' }),
      cycles: z.int().min(1).meta({ description: 'In how many cycles it was recommended so far' }),
    })
    .meta({ id: 'RecordRelations' }),
});
