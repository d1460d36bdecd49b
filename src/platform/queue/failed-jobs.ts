import canonicalize from 'canonicalize';
import { createHash, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { describeFailure } from './describe-failure.js';
import type { Jobs, Lane } from './jobs.js';

/** Milliseconds between looks at what has failed. */
const LOOK = 2000;
/** More open failures than these are not known by heart. */
const MOST = 10_000;

/** How ids of jobs begin that are retried. */
export const AGAIN = 'again-';

/** A job of the queue, as far as its failure concerns. */
interface Ran {
  readonly name: string;
  readonly data: unknown;
}

/** What names a thing to be done: the same job asked for again has the same key. */
const keyOf = ({ name, data }: Ran): string =>
  createHash('sha256')
    .update(canonicalize([name, data])!)
    .digest('hex');

/** Minutes until something that failed so often is carried again: from 4 on, twice as long each time. */
const pauseAfter = (times: number): number => Math.min(2 ** (times + 1), 360);

/**
 * Failures stand in PostgreSQL, since the queue forgets. A job that succeeds costs no statement unless it
 * had failed: a worker knows the keys of what is open.
 */
export class FailedJobs {
  /** Undefined while there are too many to know. */
  #open: ReadonlySet<string> | undefined = new Set();
  #looking: NodeJS.Timeout | undefined;
  readonly #writing = new Set<Promise<void>>();

  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    await this.look();
    this.#looking = setInterval(() => void this.look().catch(() => undefined), LOOK).unref();
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    clearInterval(this.#looking);
    await Promise.all(this.#writing);
  }

  /** It failed, for good or as one of many runs; where that cannot be kept, the log alone has it. */
  failed(lane: Lane, ran: Ran, error: unknown): void {
    const writing = this.keep(lane, ran, error)
      .catch((err: unknown) => this.log.error({ err, job: ran.name }, 'a failure was not kept'))
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  /** It succeeded: if it had failed before, that is healed. Retries are known by their ids at once. */
  async succeeded({ id, ...ran }: Ran & { readonly id: string | undefined }): Promise<void> {
    const again = id?.startsWith(AGAIN) ?? false;
    if (this.#open?.size === 0 && !again) return;
    const key = keyOf(ran);
    if (again || (this.#open?.has(key) ?? true))
      await this.work.identity('identity.heal_failed_job', [key]);
  }

  private async keep(lane: Lane, ran: Ran, thrown: unknown): Promise<void> {
    const { error, code, place } = describeFailure(thrown);
    const { name, data } = ran;
    const given = [randomUUID(), lane, name, JSON.stringify(data), keyOf(ran)];
    const row = await this.work.identity<{ answer: number }>('identity.keep_failed_job', [
      ...given,
      error,
      code,
      place,
    ]);
    const job = this.jobs.find(name);
    const payload = job?.payload.safeParse(data);
    if (payload?.success) await job!.putOff?.(payload.data, pauseAfter(row!.answer));
  }

  private look(): Promise<void> {
    return this.work.system('failed-jobs', async (tx) => {
      const rows = await tx.rows<{ key: string }>('SELECT key FROM identity.failed_job_keys($1)', [
        MOST,
      ]);
      this.#open = rows.length < MOST ? new Set(rows.map(({ key }) => key)) : undefined;
    });
  }
}
