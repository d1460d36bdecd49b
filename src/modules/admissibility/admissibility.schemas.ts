import { z } from 'zod';
import { TEST_ANSWERS, TEST_KINDS } from '../../kernel/admissibility.js';
import { action, byId, code, instant, prose, version, words } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';

const test = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,59}$/)
  .max(60)
  .meta({ description: 'A test of the procedure’s checklist', example: 'domestic-remedies' });
const answer = z.enum(TEST_ANSWERS).meta({ example: 'pass' });
const given = z
  .strictObject({ answer, reasons: words, by: code, answeredAt: instant })
  .meta({ id: 'TestAnswer' });
const checklist = z
  .strictObject({
    tests: z.array(
      z.strictObject({
        test: code,
        kind: z.enum(TEST_KINDS),
        unverified: z.boolean(),
        source: words.nullable(),
        answer: given.nullable().meta({ description: 'The last one' }),
        before: z.array(given).meta({ description: 'What was answered before, the oldest first' }),
      }),
    ),
    failed: z.array(code.meta({ example: 'compatible' })),
    open: z
      .array(code.meta({ example: 'domestic-remedies' }))
      .meta({ description: 'Without an answer; what is weighed may stay undetermined' }),
    version: version.meta({ description: 'Of the checklist: send it in If-Match' }),
    actions: z.array(action),
  })
  .meta({ id: 'Admissibility' });

export const getAdmissibility = operation({
  id: 'getAdmissibility',
  method: 'GET',
  path: '/v1/communications/{id}/admissibility',
  tag: 'communications',
  summary: 'The tests of admissibility, with what was answered to each as far as I may know it',
  description:
    'The Committee’s answers are before both sides once it has determined. `/v1/vocabularies` has the questions.',
  params: byId,
  returns: checklist,
});
export const answerTest = operation({
  id: 'answerTest',
  method: 'PUT',
  path: '/v1/communications/{id}/admissibility/{test}',
  tag: 'communications',
  summary: 'Answer a test of admissibility, with reasons',
  description:
    'What was answered before stays beside it. What is weighed can be answered anew as the case goes on.',
  params: byId.extend({ test }),
  ifMatch: true,
  body: z.strictObject({ answer, reasons: prose(4000, 3) }).meta({
    id: 'NewTestAnswer',
    example: { answer: 'pass', reasons: 'An appeal was lodged, and is pending for three years.' },
  }),
  returns: checklist,
  problems: ['not-offered', 'unknown-test', 'wrong-role', 'permission-missing', 'wrong-stage'],
});
