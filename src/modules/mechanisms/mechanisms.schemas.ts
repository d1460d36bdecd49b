import { z } from 'zod';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { definitionSchema } from './definition.schemas.js';

const mechanism = z
  .strictObject({
    key: z.string(),
    version: z.int(),
    title: z.string(),
    draft: z.boolean(),
    digest: z.string().meta({ description: 'SHA-256 of the canonical text (RFC 8785)' }),
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
  query: z.strictObject(pageQuery),
  returns: pageOf(mechanism).meta({ id: 'Mechanisms' }),
});
export const getMechanism = operation({
  id: 'getMechanism',
  method: 'GET',
  path: '/v1/mechanisms/{key}/versions/{n}',
  tag: 'mechanisms',
  summary: 'A version of a procedure, as data',
  description: 'Roles, stages, moves, deadlines and limits. Only a draft changes under its number.',
  open: true,
  cached: true,
  params: z.strictObject({
    key: z.string().max(40),
    n: z.coerce.number().int().min(1).max(9999),
  }),
  returns: mechanism.extend({ definition: definitionSchema }).meta({ id: 'MechanismVersion' }),
});
