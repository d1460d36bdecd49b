import { refusal, type Refusal } from '../../kernel/refusal.js';
import type { FailedJobAct, FailedJobStatus } from './failed-jobs.entity.js';

type Act = FailedJobAct['act'];

/** In which states something can still be decided; one that waits for its retry can be discarded. */
const WHILE: Record<Act, readonly FailedJobStatus[]> = {
  retry: ['open'],
  discard: ['open', 'retrying'],
};

export const BECOMES: Record<Act, FailedJobStatus> = { retry: 'retrying', discard: 'discarding' };

/** What stands against an act. */
export const actRefused = (act: Act, status: FailedJobStatus): Refusal | null =>
  WHILE[act].includes(status) ? null : refusal('job-decided', { status });
