import { z } from 'zod';
import { instant, iso3, side, uuid, words } from '../../platform/http/fields.js';

/** How the text of a recommendation came about, and of what it is a part. */
export const howWorded = {
  versions: z
    .array(
      z.strictObject({
        n: z.int(),
        kind: z
          .enum(['made', 'amendment', 'delivered', 'editorial', 'corrigendum', 'split'])
          .meta({ example: 'amendment' }),
        by: side.nullable().meta({ description: 'Who proposed it, or wrote it down' }),
        reason: words.nullable(),
        at: instant,
        text: words,
      }),
    )
    .optional()
    .meta({
      description:
        'Every text that stood, from the first; the last one is `text`. Absent where it never changed',
    }),
  delivered: z
    .strictObject({
      text: words,
      status: z
        .enum(['open', 'adopted', 'refused', 'overtaken', 'lapsed', 'unchanged'])
        .meta({ example: 'adopted' }),
    })
    .optional()
    .meta({
      description:
        'The text as it was heard in the room; it stands where all its States confirmed it (`adopted`)',
    }),
  withdrawnBy: z
    .array(iso3)
    .optional()
    .meta({ description: 'States that made it too, and withdrew before the report was adopted' }),
  partOf: uuid.optional().meta({ description: 'The recommendation that was split' }),
  parts: z
    .array(uuid)
    .optional()
    .meta({ description: 'Of one that was split: its parts, which are answered and counted' }),
};
