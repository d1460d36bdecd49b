import { z } from 'zod';
import * as fields from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { FINDINGS_OF_COOPERATION } from './cooperation.entity.js';
import { STEP_NAMES, STEP_STATUSES } from './cooperation.rules.js';

const { byId, code, date, instant, line, prose, uuid, words, version } = fields;
const finding = z.enum(FINDINGS_OF_COOPERATION).meta({ example: 'persistent' });

const decision = z
  .strictObject({
    id: uuid,
    finding,
    reasons: words.meta({ example: 'The State did not appear, and gave no new date' }),
    citation: words.meta({ example: 'OM/7/1' }),
    measures: words.nullable().meta({ example: 'The President reports to the next session' }),
    decidedOn: date,
    by: code.meta({ description: 'The role that recorded it', example: 'president' }),
    recordedAt: instant,
  })
  .meta({ id: 'CooperationDecision' });
const cooperation = z
  .strictObject({
    id: uuid.meta({ description: 'Of the review' }),
    steps: z.array(
      z.strictObject({
        step: z.enum(STEP_NAMES),
        status: z.enum(STEP_STATUSES).meta({
          description:
            '`late`: after its deadline; `not-recorded`: the platform has no fact about it; `open`: or ' +
            'not mine to know',
        }),
        at: instant.nullable(),
      }),
    ),
    absences: z.array(
      z.strictObject({
        at: instant,
        regret: words.nullable().meta({ example: 'The Working Group regrets the absence' }),
      }),
    ),
    decisions: z.array(decision),
    version: version.meta({ description: 'Of the review' }),
  })
  .meta({ id: 'Cooperation' });

export const showCooperation = operation({
  id: 'showCooperation',
  method: 'GET',
  path: '/v1/reviews/{id}/cooperation',
  tag: 'reviews',
  summary: 'The steps of a review that are told as cooperation, and what was decided',
  description:
    'Facts, as far as I may know them: nothing is counted or concluded. Whether a State persistently ' +
    'does not cooperate is decided by the Council alone, and stands among `decisions`.',
  params: byId,
  returns: cooperation,
});
export const decideCooperation = operation({
  id: 'decideCooperation',
  method: 'POST',
  path: '/v1/reviews/{id}/non-cooperation/decisions',
  tag: 'reviews',
  summary: 'Record what the Council decided about a State that did not cooperate (its President)',
  description:
    'With its reasons and where it can be read. It moves nothing by itself, and is not changed: a ' +
    'later decision stands beside it. `If-Match` names the version of the review.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  dryRun: true,
  body: z
    .strictObject({
      finding,
      reasons: prose(5000),
      citation: line(300),
      measures: prose(5000).optional(),
      decidedOn: date,
    })
    .meta({
      id: 'NewCooperationDecision',
      example: {
        finding: 'persistent',
        reasons: 'The State did not appear, and gave no new date',
        citation: 'OM/7/1',
        decidedOn: '2027-05-20',
      },
    }),
  returns: cooperation,
  status: 201,
  location: '/v1/reviews/{id}/cooperation',
  problems: ['wrong-role', 'permission-missing', 'dates-in-disorder'],
});
