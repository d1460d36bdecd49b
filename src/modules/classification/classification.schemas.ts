import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { saidCode } from '../record/index.js';
import { FACETS, type Facet } from './proposals.rules.js';

const { byId, code, instant, line, side, uuid, words } = fields;

const proposed = z.strictObject({
  by: z.literal('machine'),
  method: z.int().meta({ description: 'Version of the method' }),
  at: instant,
  values: z.array(
    z.strictObject({
      code: saidCode,
      confidence: z.number().min(0).max(1).meta({
        description: 'How often such a proposal was right where it was measured',
        example: 0.87,
      }),
      words: z.array(words).meta({ description: 'That led to it', example: ['ratify'] }),
    }),
  ),
});
const confirmed = z.strictObject({
  by: z.literal('human'),
  side,
  at: instant,
  codes: z.array(saidCode),
});
const vocabularyName = code.meta({ example: 'ohchr-themes' });
const facet = z
  .strictObject({
    vocabulary: vocabularyName,
    proposed: proposed.nullable(),
    confirmed: confirmed.nullable().meta({
      description: 'Confirmed or corrected by people; this stands, whatever is proposed later',
    }),
  })
  .meta({ id: 'ClassificationFacet' });
const facetName = z.enum(FACETS);

const classification = z
  .strictObject({
    recommendationId: uuid,
    category: facet,
    themes: facet,
    affectedPersons: facet,
    sdgGoals: facet,
    sdgTargets: facet,
    history: z
      .array(
        z.strictObject({
          n: z.int(),
          by: z.enum(['machine', 'human']),
          side: side.nullable(),
          at: instant,
          facets: z.array(
            z.strictObject({
              facet: facetName,
              vocabulary: vocabularyName,
              codes: z.array(saidCode),
            }),
          ),
        }),
      )
      .meta({ description: 'The latest 50 acts, the last one first' }),
    version: z
      .int()
      .min(0)
      .meta({ description: '0 when nothing has been said; send it in If-Match' }),
  })
  .meta({ id: 'Classification' });

const codesGiven = (most: number) => z.array(line(60)).max(most).optional();
const verdict = {
  category: codesGiven(1).meta({ description: 'One code, or none', example: ['5'] }),
  themes: codesGiven(40).meta({ example: ['education', 'equality'] }),
  affectedPersons: codesGiven(40).meta({ example: ['children'] }),
  sdgGoals: codesGiven(17).meta({ example: ['4'] }),
  sdgTargets: codesGiven(169).meta({ example: ['4.1'] }),
  accept: z
    .array(facetName)
    .max(FACETS.length)
    .optional()
    .meta({ description: 'Facets whose proposals are right as they are', example: ['category'] }),
};

type Spoken = Partial<Record<Facet, unknown>> & { accept?: Facet[] | undefined };
const speaksOf = (given: Spoken): boolean =>
  FACETS.some((each) => given[each] !== undefined) || (given.accept?.length ?? 0) > 0;
const speaksOnce = (given: Spoken): boolean =>
  !given.accept?.some((each) => given[each] !== undefined);
const NOTHING = 'name a facet, or accept one';
const TWICE = 'a facet is both named and accepted';

/** To whoever may not say it, or not of this one. */
const SAYING = ['wrong-role', 'permission-missing', 'wrong-stage', 'unknown-kind'] as const;

export const getClassification = operation({
  id: 'getClassification',
  method: 'GET',
  path: '/v1/recommendations/{id}/classification',
  tag: 'recommendations',
  summary: 'What a recommendation is about: what a machine proposed, and what people confirmed',
  description:
    'Proposed when the recommendation is made, by rules that are data, with the words that led to ' +
    'it. Nothing is proposed where its words were withdrawn.',
  params: byId,
  returns: classification,
  problems: ['unknown-kind'],
});
export const putClassification = operation({
  id: 'putClassification',
  method: 'PUT',
  path: '/v1/recommendations/{id}/classification',
  tag: 'recommendations',
  summary: 'Confirm or correct what a recommendation is about',
  description:
    'Facets that are not named stay as they are. What people decided stands, also when other words ' +
    'or another method propose otherwise. `If-Match: "0"` where nothing has been said.',
  params: byId,
  ifMatch: true,
  body: z
    .strictObject(verdict)
    .refine(speaksOf, NOTHING)
    .refine(speaksOnce, TWICE)
    .meta({
      id: 'Verdict',
      example: { category: ['5'], accept: ['themes'] },
    }),
  returns: classification,
  problems: [...SAYING, 'withdrawn', 'code-unknown'],
});
export const confirmClassifications = operation({
  id: 'confirmClassifications',
  method: 'POST',
  path: '/v1/reviews/{id}/classification',
  tag: 'recommendations',
  summary: 'Confirm or correct what many recommendations of a review are about',
  description:
    'All of them, or none: `items-refused` says of each that was refused why. With `dryRun=true` ' +
    'it says so without changing anything.',
  params: byId,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      items: z
        .array(
          z
            .strictObject({
              id: uuid,
              version: z.int().min(0).meta({ description: 'Of its classification', example: 1 }),
              ...verdict,
            })
            .refine(speaksOf, NOTHING)
            .refine(speaksOnce, TWICE),
        )
        .min(1)
        .max(500)
        .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, {
          error: 'a recommendation stands twice',
        }),
    })
    .meta({
      id: 'Verdicts',
      example: {
        items: [{ id: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10', version: 1, accept: ['category'] }],
      },
    }),
  returns: z.strictObject({ classified: z.int() }).meta({ id: 'Classified' }),
  status: 200,
  problems: [...SAYING, 'items-refused'],
});
