import { z } from 'zod';
import { MEDIA_TYPES } from '../../platform/formats/media-types.js';
import { code, iso3, language, line, uuid } from '../../platform/http/fields.js';
import { operation, type Operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { recordChange } from './changes.schemas.js';
import { recordDocument, recordProceeding, recordRecommendation } from './items.schemas.js';
import { recordPledge } from './pledge-items.schemas.js';

export const number = z.coerce.number().int().min(1).max(99_999);

export const read = <
  const O extends Pick<Operation, 'id' | 'path' | 'summary'>,
  R extends z.ZodType,
>(
  given: O,
  returns: R,
) => operation({ method: 'GET', tag: 'record', open: true, cached: true, ...given, returns });
export const byId = { params: z.strictObject({ id: uuid }) };

export const listProceedings = {
  ...read(
    {
      id: 'listRecordProceedings',
      path: '/v1/record/proceedings',
      summary: 'Published proceedings',
      description: 'By id, which is the order of publication.',
    },
    pageOf(recordProceeding).meta({ id: 'RecordProceedings' }),
  ),
  query: z.strictObject({
    ...pageQuery,
    mechanism: code.max(40).optional().meta({ description: 'The key of its procedure' }),
    state: iso3.optional().meta({ description: 'The State under review' }),
    session: number.optional().meta({ description: 'The number of the session' }),
  }),
};
export const getProceeding = {
  ...read(
    {
      id: 'getRecordProceeding',
      path: '/v1/record/proceedings/{id}',
      summary: 'A published proceeding',
      description: 'Its status follows every move.',
    },
    recordProceeding,
  ),
  ...byId,
};
export const listDocuments = {
  ...read(
    {
      id: 'listRecordDocuments',
      path: '/v1/record/documents',
      summary: 'Published documents',
      description: 'By id, which is the order of publication.',
    },
    pageOf(recordDocument).meta({ id: 'RecordDocuments' }),
  ),
  query: z.strictObject({
    ...pageQuery,
    proceeding: uuid.optional().meta({ description: 'By the id that the record gives it' }),
    state: iso3.optional().meta({ description: 'The State under review' }),
    session: number.optional().meta({ description: 'The number of the session' }),
    kind: code.max(60).optional().meta({ description: 'What the procedure calls such documents' }),
    symbol: line(100).optional().meta({ description: 'Its symbol, as printed' }),
  }),
};
export const getDocument = {
  ...read(
    {
      id: 'getRecordDocument',
      path: '/v1/record/documents/{id}',
      summary: 'A published document',
      description: 'With every version: a correction stands beside what it corrects.',
    },
    recordDocument,
  ),
  ...byId,
};
export const getContent = operation({
  id: 'getRecordContent',
  method: 'GET',
  path: '/v1/record/documents/{id}/content',
  tag: 'record',
  summary: 'The bytes of a published document',
  description:
    'The latest version, unless one is named; the original language, unless one is named. ' +
    '410 where that one was withdrawn: no other is given in its place.',
  open: true,
  cached: true,
  params: z.strictObject({ id: uuid }),
  query: z.strictObject({
    version: number.optional().meta({ description: 'The number of the version' }),
    language: language.optional().meta({ description: 'The language of the text' }),
  }),
  returns: 'file',
  mediaTypes: MEDIA_TYPES,
  problems: ['withdrawn'],
});
export const listRecommendations = {
  ...read(
    {
      id: 'listRecordRecommendations',
      path: '/v1/record/recommendations',
      summary: 'Published recommendations, in the order of their labels',
      description: 'By session, then by label: 140.10 follows 140.9.',
    },
    pageOf(recordRecommendation).meta({ id: 'RecordRecommendations' }),
  ),
  query: z.strictObject({
    ...pageQuery,
    proceeding: uuid.optional().meta({ description: 'By the id that the record gives it' }),
    state: iso3.optional().meta({ description: 'The State under review' }),
    recommendingState: iso3.optional().meta({ description: 'A State that makes it' }),
    session: number.optional().meta({ description: 'The number of the session' }),
    position: z
      .string()
      .regex(/^[a-z-]{1,40}$/)
      .max(40)
      .optional()
      .meta({ description: 'A position of some procedure’s vocabulary, or `none`' }),
  }),
};
export const getRecommendation = {
  ...read(
    {
      id: 'getRecordRecommendation',
      path: '/v1/record/recommendations/{id}',
      summary: 'A published recommendation, with its position',
      description:
        'The position in the vocabulary of the procedure, and in the words of the State.',
    },
    recordRecommendation,
  ),
  ...byId,
};
export const listPledges = {
  ...read(
    {
      id: 'listRecordPledges',
      path: '/v1/record/pledges',
      summary: 'Published voluntary pledges',
      description: 'What States under review promised of themselves, in the order of publication.',
    },
    pageOf(recordPledge).meta({ id: 'RecordPledges' }),
  ),
  query: z.strictObject({
    ...pageQuery,
    proceeding: uuid.optional().meta({ description: 'By the id that the record gives it' }),
    state: iso3.optional().meta({ description: 'The State under review' }),
    session: number.optional().meta({ description: 'The number of the session' }),
  }),
};
export const getPledge = {
  ...read(
    {
      id: 'getRecordPledge',
      path: '/v1/record/pledges/{id}',
      summary: 'A published voluntary pledge',
      description: 'As it was made before all States.',
    },
    recordPledge,
  ),
  ...byId,
};
export const listChanges = {
  ...read(
    {
      id: 'listRecordChanges',
      path: '/v1/record/changes',
      summary: 'What changed in the record since a point of it',
      description:
        'For copies that follow: begin at 0, keep `after`, ask again while there is `more`.',
    },
    z
      .strictObject({
        items: z.array(recordChange),
        after: z.int().meta({ description: 'Ask again with this' }),
        more: z.boolean(),
      })
      .meta({ id: 'RecordChanges' }),
  ),
  query: z.strictObject({
    after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0).meta({
      description: 'The point of the record from which to read on',
    }),
    limit: pageQuery.limit,
  }),
};
