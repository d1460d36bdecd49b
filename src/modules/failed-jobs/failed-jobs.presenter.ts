import { offeredAll } from '../../kernel/offered.js';
import type { FailedJob } from './failed-jobs.entity.js';
import { actRefused } from './failed-jobs.rules.js';

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** A job has ids alone; were there more, it would not be shown. */
const idsIn = (data: object): string[] => [...new Set(JSON.stringify(data).match(UUID) ?? [])];

export function presentFailedJob(row: FailedJob) {
  const { id, lane, name, error, code, place, times, status, acts, version } = row;
  return {
    id,
    lane,
    name,
    about: idsIn(row.data),
    error: { name: error, code, place },
    times,
    firstFailedAt: row.firstFailedAt.toISOString(),
    lastFailedAt: row.lastFailedAt.toISOString(),
    status,
    acts: [...acts],
    settledAt: row.settledAt?.toISOString() ?? null,
    version,
  };
}

/** With what could be decided about it now. */
export const presentWithActions = (row: FailedJob) => ({
  ...presentFailedJob(row),
  actions: offeredAll({
    retry: actRefused('retry', row.status),
    discard: actRefused('discard', row.status),
  }),
});
