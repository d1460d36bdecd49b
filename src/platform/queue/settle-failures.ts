import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { UnitOfWork } from '../database/unit-of-work.js';
import type { Metrics } from '../metrics/metrics.js';
import { AGAIN } from './failed-jobs.js';
import type { Job, Jobs, Queueing } from './jobs.js';

const BATCH = 100;
/** After which what was begun and not ended is done again: the queue, or a worker, may have lost it. */
const LEASE = '2 minutes';
/** How long it is known what became of a failure. */
const KEPT = '90 days';
const nothing = z.strictObject({});

interface Decided {
  readonly id: string;
  readonly name: string;
  readonly data: object;
  readonly status: 'retrying' | 'discarding';
  readonly reason: string;
}

interface Parts {
  readonly work: UnitOfWork;
  readonly jobs: Jobs;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** Does what was decided about failed jobs; nothing is put into the queue inside a request. */
class SettleFailures {
  constructor(private readonly parts: Parts) {}

  async settle(queue: Queueing): Promise<void> {
    for (const decided of await this.claim(queue)) {
      // One that cannot be discarded holds up no other, and is tried again when its lease has run out.
      await this.discard(decided).catch((err: unknown) =>
        this.parts.log.error({ err, failedJob: decided.id }, 'a failed job was not discarded'),
      );
    }
  }

  /** Of jobs that this worker knows, since the others wait for one that does: puts those to be retried into the queue; answers those to be discarded. */
  private claim(queue: Queueing): Promise<Decided[]> {
    const { work, jobs } = this.parts;
    return work.system('failed-jobs', async (tx) => {
      const all = await tx.rows<Decided>(
        'SELECT id, name, data, status, reason FROM identity.claim_failed_jobs($1, $2, $3)',
        [jobs.all().map(({ name }) => name), BATCH, LEASE],
      );
      const again = all.filter(({ status }) => status === 'retrying');
      await queue.add(
        again.map(({ name, data }) => ({ name, data, id: `${AGAIN}${randomUUID()}` })),
      );
      return all.filter(({ status }) => status === 'discarding');
    });
  }

  private async discard({ id, name, data, reason }: Decided): Promise<void> {
    const job = this.parts.jobs.get(name);
    const payload = job.payload.safeParse(data);
    // What nobody can read has no consequence.
    if (payload.success) await job.discard?.(payload.data, reason);
    await this.parts.work.identity('identity.failed_job_discarded', [id]);
  }

  async forget(): Promise<void> {
    const some = () =>
      this.parts.work.system('failed-jobs', async (tx) => {
        const row = await tx.row<{ gone: number }>(
          'SELECT identity.forget_failed_jobs($1, $2) AS gone',
          [KEPT, BATCH],
        );
        return row!.gone;
      });
    while ((await some()) === BATCH);
  }

  watch(): void {
    const { metrics, work } = this.parts;
    const labels = ['name', 'status'];
    metrics.watch('comity_failed_jobs', 'Failed jobs that are not settled', labels, () =>
      work.system('failed-jobs', async (tx) => {
        const rows = await tx.rows<{ name: string; status: string; many: number }>(
          'SELECT name, status, many FROM identity.count_failed_jobs()',
        );
        return rows.map(({ name, status, many }) => [{ name, status }, many] as const);
      }),
    );
  }
}

/** What a worker does about failed jobs by itself. */
export function failureJobs(parts: Parts): readonly Job[] {
  const failures = new SettleFailures(parts);
  failures.watch();
  return [
    {
      name: 'settle-failed-jobs',
      payload: nothing,
      every: 1000,
      run: (_, queue) => failures.settle(queue),
    },
    {
      name: 'forget-failed-jobs',
      payload: nothing,
      every: 3_600_000,
      run: () => failures.forget(),
    },
  ];
}
