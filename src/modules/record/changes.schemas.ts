import { z } from 'zod';
import { instant, uuid, written } from '../../platform/http/fields.js';

/** A change of the record, as the feed tells it. */
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
      'assessment',
    ]),
    id: uuid,
    href: written(/^\/v1\/(record\/[a-z]+|lots)\/[0-9a-f-]+$/),
  })
  .meta({ id: 'RecordChange' });
