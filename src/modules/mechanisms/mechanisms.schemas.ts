import { z } from 'zod';
import { code, sha256, words } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { languageQuery } from '../../platform/http/speaking.js';
import { definitionSchema } from './definition.schemas.js';

const mechanism = z
  .strictObject({
    key: code,
    version: z.int(),
    title: words.meta({ description: 'In the language of `Content-Language`' }),
    draft: z.boolean(),
    digest: sha256.meta({ description: 'SHA-256 of the canonical text (RFC 8785)' }),
  })
  .meta({ id: 'Mechanism' });

export const listMechanisms = operation({
  id: 'listMechanisms',
  method: 'GET',
  path: '/v1/mechanisms',
  tag: 'mechanisms',
  summary: 'The procedures, in all their versions',
  description: 'A proceeding stays with the version under which it was opened.',
  open: true,
  cached: true,
  localized: true,
  query: z.strictObject({ ...pageQuery, ...languageQuery }),
  returns: pageOf(mechanism).meta({ id: 'Mechanisms' }),
});
export const getMechanism = operation({
  id: 'getMechanism',
  method: 'GET',
  path: '/v1/mechanisms/{key}/versions/{n}',
  tag: 'mechanisms',
  summary: 'A version of a procedure, as data, in words and as a diagram',
  description:
    'Roles, stages, moves, deadlines and limits. Only a draft changes under its number. `labels` ' +
    'and `diagram` speak the reader’s language; they stand outside the version and may be mended.',
  open: true,
  cached: true,
  localized: true,
  query: z.strictObject(languageQuery),
  params: z.strictObject({
    key: code.max(40).meta({ description: 'The key of the procedure', example: 'upr' }),
    n: z.coerce.number().int().min(1).max(9999).meta({ description: 'Its version' }),
  }),
  returns: mechanism
    .extend({
      definition: definitionSchema,
      labels: z.record(code, z.record(code, words)).meta({
        description: 'For each vocabulary its codes, and what they are called',
        example: { 'upr.stages': { documented: 'Documents issued' } },
      }),
      diagram: words.meta({
        description: 'Stages and moves, as a Mermaid state diagram',
        example: 'stateDiagram-v2\n  [*] --> scheduled\n',
      }),
    })
    .meta({ id: 'MechanismVersion' }),
});
