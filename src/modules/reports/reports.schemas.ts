import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, wholeQuery } from '../../platform/http/paging.js';

const { actingSide, byId, instant, side, uuid } = fields;

const documentVersion = z
  .int()
  .min(1)
  .max(10_000)
  .meta({ description: 'Of the document that is the draft', example: 1 });
const circulation = z
  .strictObject({
    n: z.int().meta({ description: 'The list may be circulated again', example: 1 }),
    by: side,
    circulatedAt: instant,
    recommendations: z.array(
      z.strictObject({
        recommendationId: uuid,
        wording: z.int().meta({ description: 'The one that stood then', example: 1 }),
      }),
    ),
  })
  .meta({ id: 'Circulation' });
const signOff = z
  .strictObject({
    documentId: uuid,
    version: documentVersion,
    side,
    circulation: z.int().nullable().meta({
      description: 'The list that it rests on, which was circulated last before it',
      example: 1,
    }),
    signedAt: instant,
  })
  .meta({ id: 'SignOff' });

const ACTING = ['not-offered', 'wrong-role', 'permission-missing', 'wrong-stage'] as const;

export const circulateList = operation({
  id: 'circulateList',
  method: 'POST',
  path: '/v1/reviews/{id}/circulations',
  tag: 'reviews',
  summary: 'Circulate the list of recommendations to all States (the secretariat)',
  description:
    'It names the wording of each that stands now, so that everybody sees what changes from here on. ' +
    'The report is adopted after it.',
  params: byId,
  idempotent: true,
  dryRun: true,
  returns: circulation,
  status: 201,
  problems: [...ACTING, 'side-ambiguous'],
});
export const listCirculations = operation({
  id: 'listCirculations',
  method: 'GET',
  path: '/v1/reviews/{id}/circulations',
  tag: 'reviews',
  summary: 'The lists of recommendations that were circulated',
  description: 'In order. `GET …/amendments` of a recommendation has the words of each wording.',
  params: byId,
  query: wholeQuery,
  returns: pageOf(circulation).meta({ id: 'Circulations' }),
});
export const signReport = operation({
  id: 'signReport',
  method: 'POST',
  path: '/v1/reviews/{id}/sign-offs',
  tag: 'reviews',
  summary: 'Sign off the draft report (each member of the troika)',
  description:
    'The version that is named must be the one that stands, and what is listed now must be what was ' +
    'circulated last; another version, or list, is signed off anew. The report is adopted when every ' +
    'seat of the troika has: a vacant one is filled first.',
  params: byId,
  idempotent: true,
  dryRun: true,
  body: z.strictObject({ documentId: uuid, version: documentVersion, as: actingSide }).meta({
    id: 'NewSignOff',
    example: { documentId: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10', version: 1 },
  }),
  returns: signOff,
  status: 201,
  problems: [
    ...ACTING,
    'side-ambiguous',
    'documents-missing',
    'list-not-circulated',
    'already-given',
    'draft-changed',
  ],
});
export const listSignOffs = operation({
  id: 'listSignOffs',
  method: 'GET',
  path: '/v1/reviews/{id}/sign-offs',
  tag: 'reviews',
  summary: 'Who has signed off which version of the draft report',
  description: 'For the troika, the secretariat and the president; nobody else sees any.',
  params: byId,
  query: wholeQuery,
  returns: pageOf(signOff).meta({ id: 'SignOffs' }),
});
