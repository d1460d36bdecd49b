import { z } from 'zod';
import { instant, uuid, written } from '../../platform/http/fields.js';

/** An entry of the feed of what changed in the record. */
export const recordChange = z
  .strictObject({
    sequence: z.int(),
    at: instant,
    what: z.enum(['published', 'updated', 'withdrawn']).meta({
      description: '`withdrawn`: replace your copy by what the item says now',
    }),
    kind: z.enum([
      'proceeding',
      'document',
      'recommendation',
      'pledge',
      'speaker',
      'question',
      'lot',
    ]),
    id: uuid,
    href: written(/^\/v1\/(record\/[a-z]+|lots)\/[0-9a-f-]+$/),
  })
  .meta({ id: 'RecordChange' });
