import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { withdrawn } from './items.schemas.js';

const { byId, code, date, instant, iso3, side, uuid, words } = fields;

/** What a word is held up by: a document of the record, or something elsewhere. */
export const evidence = z.union([
  z.strictObject({
    documentId: uuid.meta({ description: 'In the record' }),
  }),
  z.strictObject({
    title: words,
    url: z
      .url({ protocol: /^https$/ })
      .max(2000)
      .meta({ example: 'https://www.uradni-list.si/act-44' }),
  }),
]);
/** Who says it decides which grades there are. */
export const followUpKind = z.enum(['status', 'assessment']).meta({
  description: '`status`: told by the State itself; `assessment`: by anybody else',
});
export const grade = code.meta({
  description: 'Of the procedure’s vocabulary for this kind',
  example: 'partially-implemented',
});
const current = z.boolean().meta({
  description: 'The latest word of this side; earlier ones stand beside it, unchanged',
});

export const recordAssessment = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    recommendationId: uuid.meta({ description: 'In the record' }),
    mechanism: code,
    state: iso3.meta({ description: 'Whose implementation it is about' }),
    cycle: z.int(),
    session: z.int(),
    label: words.meta({ example: '121.10' }),
    kind: followUpKind,
    by: z.strictObject({ side: side.nullable(), name: words }),
    grade,
    text: words,
    evidence: z.array(evidence),
    asOf: date.meta({ description: 'The day that it speaks of' }),
    givenAt: instant,
    current,
    withdrawn: withdrawn.optional(),
  })
  .meta({
    id: 'RecordAssessment',
    description:
      'What one side says of how a recommendation is implemented; sides are never averaged',
  });

const filters = {
  side: side.optional().meta({ description: 'Who says it' }),
  kind: followUpKind.optional().meta({ description: 'The State’s own words, or those of others' }),
  grade: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/)
    .max(60)
    .optional()
    .meta({ description: 'This grade alone', example: 'B' }),
  current: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: '`true`: the latest word of each side alone' }),
};
const list = {
  method: 'GET',
  tag: 'record',
  open: true,
  cached: true,
  params: byId,
  query: z.strictObject({ ...pageQuery, ...filters }),
  returns: pageOf(recordAssessment).meta({ id: 'RecordAssessments' }),
} as const;

export const listOfRecommendation = operation({
  ...list,
  id: 'listRecommendationFollowUp',
  path: '/v1/record/recommendations/{id}/follow-up',
  summary: 'What is said of how a recommendation is implemented, side by side',
  description:
    'In the order of publication: the State’s own words and those of others, each signed.',
});
export const listOfProceeding = operation({
  ...list,
  id: 'listProceedingFollowUp',
  path: '/v1/record/proceedings/{id}/follow-up',
  summary: 'What is said of how the recommendations of a review are implemented',
  description: 'In the order of publication. Nothing is counted over several sides.',
});
export const getAssessment = operation({
  id: 'getRecordAssessment',
  method: 'GET',
  path: '/v1/record/assessments/{id}',
  tag: 'record',
  open: true,
  cached: true,
  summary: 'One word on how a recommendation is implemented',
  description: 'A status that the State told, or an assessment by somebody else.',
  params: byId,
  returns: recordAssessment,
});
