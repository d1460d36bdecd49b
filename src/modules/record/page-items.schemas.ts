import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';

const { date, instant, iso3, uuid, words } = fields;

/** What States reserve on the adoption of a report, on the page of its review. */
export const reservations = z
  .array(
    z.strictObject({
      id: uuid,
      state: iso3,
      kind: z.enum(['reservation', 'statement']),
      text: words,
      madeOn: date,
    }),
  )
  .optional()
  .meta({
    description: 'What States reserve on the adoption of the report; absent where none',
  });

/** Those that left before there was a report: by whom, and when, and no more. */
export const withdrawnRecommendations = z
  .array(z.strictObject({ by: z.array(iso3), at: instant }))
  .optional()
  .meta({
    description:
      'Those that all their States withdrew before the report was adopted; absent where none was',
  });
