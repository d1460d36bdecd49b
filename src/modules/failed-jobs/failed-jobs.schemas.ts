import { z } from 'zod';
import {
  action,
  byId,
  code,
  instant,
  prose,
  uuid,
  version,
  words,
  written,
} from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';

const STATUSES = ['open', 'retrying', 'discarding', 'healed', 'discarded'] as const;

const status = z.enum(STATUSES).meta({
  description:
    '`open`: it failed for good, or fails each time that it runs · `retrying`: it was asked for again, and has not ' +
    'ended · `discarding`: it is being discarded · `healed`: it succeeded since · `discarded`',
});

const failedJob = z
  .strictObject({
    id: uuid,
    lane: z.enum(['work', 'letters']),
    name: code.meta({ description: 'Of the job', example: 'entry-appended' }),
    about: z.array(uuid).meta({ description: 'What it was to do it for; ids that tell nothing' }),
    error: z
      .strictObject({
        name: code.meta({ example: 'QueryFailedError' }),
        code: written(/^[A-Za-z0-9_-]{1,60}$/)
          .nullable()
          .meta({ description: 'SQLSTATE, or a code of the system', example: '57014' }),
        place: written(/^src\/[a-z0-9./-]+:[0-9]+$/)
          .nullable()
          .meta({
            description: 'Where it was thrown',
            example: 'src/modules/notices/tell-readers.js:58',
          }),
      })
      .meta({
        description: 'The last one, without its message, which could quote what is confidential',
      }),
    times: z.int().meta({ description: 'How often it failed', example: 3 }),
    firstFailedAt: instant,
    lastFailedAt: instant,
    status,
    acts: z
      .array(
        z.strictObject({ act: z.enum(['retry', 'discard']), by: uuid, at: instant, reason: words }),
      )
      .meta({ description: 'What was decided, by which account; the last 50' }),
    settledAt: instant.nullable(),
    version,
  })
  .meta({ id: 'FailedJob', description: 'Something that the worker was to do, and could not' });

const withActions = failedJob
  .extend({ actions: z.array(action) })
  .meta({ id: 'FailedJobWithActions' });

const shared = { tag: 'operation', scope: 'session' } as const;

export const listFailedJobs = operation({
  ...shared,
  id: 'listFailedJobs',
  method: 'GET',
  path: '/v1/failed-jobs',
  summary: 'Jobs that failed (administrators)',
  description:
    'Which failed last, first. One row for each thing to be done, however often it failed; settled ones ' +
    'are kept for 90 days.',
  query: z.strictObject({
    ...pageQuery,
    status: z.enum(STATUSES).optional().meta({ description: 'In this state alone' }),
  }),
  returns: pageOf(failedJob).meta({ id: 'FailedJobs' }),
  problems: ['forbidden'],
});
export const getFailedJob = operation({
  ...shared,
  id: 'getFailedJob',
  method: 'GET',
  path: '/v1/failed-jobs/{id}',
  summary: 'A job that failed (administrators)',
  description: '`actions` says what I could decide about it now.',
  params: byId,
  returns: withActions,
  problems: ['forbidden'],
});

const decided = {
  ...shared,
  method: 'POST',
  params: byId,
  ifMatch: true,
  idempotent: true,
  returns: withActions,
  status: 200,
  problems: ['forbidden', 'job-decided'],
} as const;

export const retryFailedJob = operation({
  ...decided,
  id: 'retryFailedJob',
  path: '/v1/failed-jobs/{id}/retry',
  summary: 'Have a failed job done again (administrators)',
  description:
    'The worker begins it within seconds. It is `healed` once it has succeeded, and `open` when it failed ' +
    'again. What failed is also tried again by itself, ever more rarely, at least every six hours.',
  body: z
    .strictObject({ reason: prose(500) })
    .meta({ id: 'Retry', example: { reason: 'The disk has room again' } }),
});
export const discardFailedJob = operation({
  ...decided,
  id: 'discardFailedJob',
  path: '/v1/failed-jobs/{id}/discard',
  summary: 'Give a failed job up (administrators)',
  description:
    'It is not done any more. Where people were to be told of an entry (`entry-appended`), the secretariat of the ' +
    'review learns that they were not; letters (`send-letters`) have failed. Both show the reason to whom ' +
    'it concerns. What runs by itself runs on: its failure is only put aside.',
  body: z
    .strictObject({ reason: prose(200) })
    .meta({ id: 'Discard', example: { reason: 'It can never succeed: the mailbox is gone' } }),
});
