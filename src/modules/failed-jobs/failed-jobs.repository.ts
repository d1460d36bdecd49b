import type { Reads } from '../../platform/database/tx.js';
import type { Part } from '../../platform/http/paging.js';
import type { FailedJob, FailedJobStatus } from './failed-jobs.entity.js';

/** Those of a status, or all; which failed last, first. */
export const failedJobPage = (
  reads: Reads,
  status: FailedJobStatus | undefined,
  { after, limit }: Part,
): Promise<FailedJob[]> =>
  reads.rows(
    `SELECT id, lane, name, data, error, code, place, times, first_failed_at AS "firstFailedAt",
       last_failed_at AS "lastFailedAt", status, acts, settled_at AS "settledAt", version
     FROM identity.failed_job
     WHERE ($1::text IS NULL OR status = $1)
       AND ($2::timestamptz IS NULL OR (last_failed_at, id) < ($2, $3::uuid))
     ORDER BY last_failed_at DESC, id DESC LIMIT $4`,
    [status ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
