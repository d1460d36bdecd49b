import { z } from 'zod';
import { code, instant, iso3, uuid, words } from '../../platform/http/fields.js';
import { withdrawn } from './items.schemas.js';

/** What the record says of a pledge. */
export const recordPledge = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    mechanism: code,
    state: iso3.meta({ description: 'The State under review, which pledges of itself' }),
    cycle: z.int(),
    session: z.int(),
    text: words,
    submittedAt: instant,
    withdrawn: withdrawn.optional(),
  })
  .meta({ id: 'RecordPledge' });
