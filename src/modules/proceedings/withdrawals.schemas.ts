import { z } from 'zod';
import {
  byId,
  instant,
  language,
  prose,
  uuid,
  version,
  words,
} from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { WITHDRAWABLE, WITHDRAWABLE_KINDS, withdrawnPart } from '../record/index.js';

const item = z.strictObject({ kind: z.enum(WITHDRAWABLE_KINDS), id: uuid }).meta({
  id: 'ItemNamed',
  description:
    'An item by its public id; or by its id in casework, which is how what is filed and not yet ' +
    'published is named',
});
const field = z.enum([...new Set(WITHDRAWABLE_KINDS.flatMap((kind) => WITHDRAWABLE[kind]))]);
const ground = z
  .enum(['risk-to-person', 'consent-withdrawn', 'unlawful-data', 'error'])
  .meta({ description: 'Known to the secretariat alone: published, it would tell who is at risk' });

/** What is to go: some fields, some files, or everything that can. */
const what = {
  fields: z
    .array(field)
    .max(10)
    .default([])
    .meta({ description: 'In every version, and in those to come' }),
  files: z
    .strictObject({
      version: z.int().min(1).max(9999).optional(),
      language: language.optional(),
    })
    .optional()
    .meta({
      description:
        'Of a document: one version, one language, one of both; `{}` is every file, those to come ' +
        'too. A named version leaves room for a corrigendum',
    }),
  whole: z.boolean().default(false).meta({ description: 'Every field and every file' }),
};
export type AskedToGo = z.infer<z.ZodObject<typeof what>>;

const withdrawal = z
  .strictObject({
    id: uuid,
    proceedingId: uuid,
    item,
    parts: z.array(withdrawnPart).meta({ description: 'As the record names them in `withdrawn`' }),
    ground: ground
      .nullable()
      .meta({ description: 'Null when it was applied again after a restore' }),
    reason: words.nullable(),
    at: instant,
  })
  .meta({ id: 'Withdrawal' });
const request = z
  .strictObject({
    id: uuid,
    item,
    why: words,
    mine: z.boolean().meta({ description: 'I asked; who did is not told otherwise' }),
    status: z.enum(['open', 'granted', 'declined']),
    askedAt: instant,
    answer: words
      .nullable()
      .meta({ description: 'The secretariat’s words', example: 'You are right' }),
    answeredAt: instant.nullable(),
    version,
  })
  .meta({ id: 'WithdrawalRequest' });

const tag = 'withdrawals';
const example = { kind: 'document', id: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10' } as const;

export const withdraw = operation({
  id: 'withdraw',
  method: 'POST',
  path: '/v1/withdrawals',
  tag,
  summary: 'Withdraw for safety what was published, or filed (the mechanism’s secretariat)',
  description:
    'At once, for good, on every public path, in casework too (but not in entries of the journal that ' +
    'were written before, which those of their chain can read): texts read `[withdrawn]`, files ' +
    'are gone, the feed tells copies. What was not published yet never is, as far as it was ' +
    'withdrawn. The original goes under seal. The reason stays private: name nobody in it who need ' +
    'not be named.',
  body: z.strictObject({ item, ...what, ground, reason: prose(1000) }).meta({
    id: 'NewWithdrawal',
    example: {
      item: example,
      files: { version: 1 },
      ground: 'risk-to-person',
      reason: 'Page 3 tells where a witness lives',
    },
  }),
  returns: withdrawal,
  status: 201,
  location: '/v1/withdrawals/{id}',
  idempotent: true,
  problems: ['not-found', 'permission-missing', 'wrong-stage', 'already-withdrawn'],
});
export const listWithdrawals = operation({
  id: 'listWithdrawals',
  method: 'GET',
  path: '/v1/withdrawals',
  tag,
  summary: 'What my secretariat has withdrawn, with its reasons',
  description: 'In the order of time.',
  query: z.strictObject(pageQuery),
  returns: pageOf(withdrawal).meta({ id: 'Withdrawals' }),
});
export const getWithdrawal = operation({
  id: 'getWithdrawal',
  method: 'GET',
  path: '/v1/withdrawals/{id}',
  tag,
  summary: 'A withdrawal',
  description: 'The original is under seal: nobody reads it here.',
  params: byId,
  returns: withdrawal,
});
export const requestWithdrawal = operation({
  id: 'requestWithdrawal',
  method: 'POST',
  path: '/v1/withdrawal-requests',
  tag,
  summary: 'Ask that something be withdrawn',
  description:
    'Anybody with an account may, of what the record has, or of what was filed and they see in ' +
    'casework. The secretariat sees what you write, not who you are. Once it was withdrawn, a ' +
    'repeat under the same key is a new request: the first answer is forgotten.',
  body: z.strictObject({ item, why: prose(5000) }).meta({
    id: 'NewWithdrawalRequest',
    example: { item: example, why: 'It names my sister, who is still there' },
  }),
  returns: request,
  status: 201,
  location: '/v1/withdrawal-requests/{id}',
  idempotent: true,
  problems: ['not-found', 'wrong-stage'],
});
export const listWithdrawalRequests = operation({
  id: 'listWithdrawalRequests',
  method: 'GET',
  path: '/v1/withdrawal-requests',
  tag,
  summary: 'What I asked to be withdrawn, and what my secretariat was asked',
  description: 'In the order of time.',
  query: z.strictObject({
    ...pageQuery,
    status: request.shape.status.optional().meta({ description: 'In this state alone' }),
  }),
  returns: pageOf(request).meta({ id: 'WithdrawalRequests' }),
});
export const getWithdrawalRequest = operation({
  id: 'getWithdrawalRequest',
  method: 'GET',
  path: '/v1/withdrawal-requests/{id}',
  tag,
  summary: 'A request for withdrawal, with its answer',
  description: 'For whoever asked, and the secretariat.',
  params: byId,
  returns: request,
});
export const answerWithdrawalRequest = operation({
  id: 'answerWithdrawalRequest',
  method: 'POST',
  path: '/v1/withdrawal-requests/{id}/answer',
  tag,
  summary: 'Grant a request, which withdraws, or decline it (the secretariat)',
  description: 'Whoever asked reads `reason`. To grant, say what is to go, and on which ground.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  body: z
    .strictObject({ grant: z.strictObject({ ...what, ground }).optional(), reason: prose(1000) })
    .meta({
      id: 'WithdrawalAnswer',
      example: { grant: { whole: true, ground: 'risk-to-person' }, reason: 'You are right' },
    }),
  returns: request,
  status: 200,
  problems: ['permission-missing', 'wrong-stage', 'already-given', 'already-withdrawn'],
});
