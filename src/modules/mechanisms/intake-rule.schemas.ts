import { z } from 'zod';
import { TEST_KINDS } from '../../kernel/admissibility.js';
import { NAMINGS } from '../../kernel/intake-rules.js';
import { name, oneOrMore, text } from './names.schemas.js';

export const trigger = z.strictObject({
  trigger: name,
  by: name,
  about: name,
  number: z.strictObject({
    pattern: z.string().regex(/^[^{}]*(\{year\}[^{}]*)?\{n\}$/, 'does not end with {n}'),
    counted: z.enum(['yearly', 'continuously']),
  }),
  concerns: z.enum(['others', 'self']),
  source: text.optional(),
  unverified: z.boolean().optional(),
});

export const intake = z.strictObject({
  during: name,
  unregistered: z.array(name).min(1),
  limit: z.strictObject({
    words: z.int().positive(),
    over: z.enum(['refuse', 'flag']),
    unverified: z.boolean().optional(),
  }),
  fields: z.array(z.strictObject({ field: name, required: z.boolean(), help: text })).min(1),
  naming: z.array(z.enum(NAMINGS)).min(1),
  source: text.optional(),
});

export const admissibility = z.strictObject({
  by: oneOrMore,
  during: oneOrMore,
  weighedDuring: oneOrMore,
  tests: z
    .array(
      z.strictObject({
        test: name,
        kind: z.enum(TEST_KINDS),
        question: text,
        source: text.optional(),
        unverified: z.boolean().optional(),
      }),
    )
    .min(1),
});
