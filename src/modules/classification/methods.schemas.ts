import { z } from 'zod';
import type { CategoryRules } from './category.rules.js';

/** The shapes of `mechanisms/classification/*.yaml` and of the vocabularies beside them; strict. */

const name = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'is not a name');
const code = z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'is not a code');
const text = z.string().min(1);

/** A list, or its items with commas between them. */
const list = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value),
  z.array(text),
);

const category = z.strictObject({
  vocabulary: name,
  skipped: list,
  opening: list,
  carriers: list,
  verbs: z.record(z.string().regex(/^\d$/), list),
  objects: z.array(z.strictObject({ category: z.coerce.string(), verbs: list, objects: list })),
  examples: z.strictObject({
    by: list,
    of: z.coerce.string(),
    counts: z.coerce.string(),
    as: z.coerce.string(),
  }),
}) satisfies z.ZodType<CategoryRules>;

const facet = z.strictObject({ vocabulary: name });

export const methodSchema = z.strictObject({
  mechanism: name,
  version: z.int().positive(),
  category,
  themes: facet,
  affectedPersons: facet,
  sdgGoals: facet,
  sdgTargets: facet,
});

export const vocabularySchema = z.strictObject({
  vocabulary: name,
  source: text,
  codes: z
    .array(
      z.strictObject({
        code,
        /** What data sets call it. */
        known: z.array(text).optional(),
        /** Words that stand for it; see `findTerms`. */
        terms: list.optional(),
        /** Codes of other vocabularies that bring it with them, as `vocabulary/code`. */
        follows: list.optional(),
        /** Not read in a source: to be checked. */
        unverified: z.boolean().optional(),
      }),
    )
    .min(1),
});

export type MethodFile = z.output<typeof methodSchema>;
export type VocabularyFile = z.output<typeof vocabularySchema>;

/** What was learnt of a vocabulary: statistics of stems, and no sentence. */
export const weightsSchema = z.strictObject({
  learntFrom: text,
  from: z.number().min(0).max(1),
  codes: z.record(
    code,
    z.strictObject({ bias: z.number(), stems: z.record(z.string().max(12), z.number()) }),
  ),
});
/** How often proposals were right, by facet and code. */
export const precisionSchema = z.record(z.string(), z.record(z.string(), z.number().min(0).max(1)));
