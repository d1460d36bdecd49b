import {
  createPostgresBackend,
  Queue,
  Worker,
  type Job as BullJob,
  type BackendFactory,
  type QueueOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Environment } from '../../config/environment.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Jobs } from './jobs.js';

const NAME = 'comity';
/** Finished jobs are kept a while, so that a repeated id is known; failed ones for a look. */
const KEPT = { removeOnComplete: { age: 86_400, count: 10_000 }, removeOnFail: { count: 5_000 } };
/** Milliseconds between reminders of the schedule, and for a queue to close. */
const REMIND = 10_000;
const PATIENCE = 8000;
const RETRIES = { attempts: 8, backoff: { type: 'exponential', delay: 1000 } };

type Options = Pick<QueueOptions, 'connection'> & { prefix?: string };

interface Backend {
  readonly options: Options;
  readonly factory: BackendFactory | undefined;
  close(): Promise<void>;
}

/** Redis where `REDIS_URL` is set, PostgreSQL otherwise; nothing above knows which. */
function backendOf(environment: Environment): Backend {
  const { redisUrl, workerDatabaseUrl, pool } = environment;
  if (redisUrl !== undefined) {
    const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
    connection.on('error', () => undefined);
    const close = async (): Promise<void> => void (await connection.quit().catch(() => undefined));
    return { options: { connection }, factory: undefined, close };
  }
  const connection = {
    connectionString: workerDatabaseUrl,
    schema: 'bullmq',
    skipMigrations: true,
    max: Math.min(pool, 4),
  };
  return {
    options: { connection: connection },
    factory: createPostgresBackend as unknown as BackendFactory,
    close: () => Promise.resolve(),
  };
}

/** The one queue: producers hand in names and ids, workers run what is registered. */
export class JobQueue {
  readonly #backend: Backend;
  readonly #queue: Queue;
  #worker: Worker | undefined;
  #reminder: NodeJS.Timeout | undefined;

  constructor(
    environment: Environment,
    private readonly jobs: Jobs,
    private readonly log: Logger,
    private readonly metrics: Metrics,
  ) {
    metrics.watch('comity_queue_jobs', 'Jobs by state', ['state'], async () =>
      Object.entries(await this.counts()).map(([state, value]) => [{ state }, value] as const),
    );
    this.#backend = backendOf(environment);
    this.#queue = new Queue(
      NAME,
      { ...this.#backend.options, defaultJobOptions: { ...KEPT, ...RETRIES } },
      this.#backend.factory as never,
    );
    this.#queue.on('error', (error) => this.log.warn({ err: error }, 'the queue is out of reach'));
  }

  /** Schedules what runs by itself, and begins to work. */
  async start(): Promise<void> {
    await this.#queue.waitUntilReady();
    await this.schedule();
    // A queue that lost its memory is told again.
    this.#reminder = setInterval(() => void this.schedule().catch(() => undefined), REMIND).unref();
    this.#worker = new Worker(
      NAME,
      (job) => this.run(job),
      { ...this.#backend.options, concurrency: 8 },
      this.#backend.factory as never,
    );
    this.#worker.on('error', (error) => this.log.warn({ err: error }, 'the queue is out of reach'));
    this.#worker.on('failed', (job, error) => {
      const { name, id, attemptsMade } = job ?? {};
      this.log.error({ err: error, job: name, id, attemptsMade }, 'job failed');
    });
  }

  private async run({ name, data, timestamp, delay }: BullJob): Promise<void> {
    const began = Date.now();
    const job = this.jobs.get(name);
    if (job.every !== undefined) this.metrics.late(name, began - timestamp - delay);
    let outcome: 'done' | 'failed' = 'failed';
    try {
      await job.run(job.payload.parse(data));
      outcome = 'done';
    } finally {
      this.metrics.job(name, outcome, Date.now() - began);
    }
  }

  /** How many jobs there are in each state; rejects while the queue is out of reach. */
  counts(): Promise<Record<string, number>> {
    return this.#queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
  }

  private async schedule(): Promise<void> {
    for (const { name, every } of this.jobs.all()) {
      if (every === undefined) continue;
      const options = { removeOnComplete: true, removeOnFail: { count: 100 } };
      await this.#queue.upsertJobScheduler(name, { every }, { name, opts: options });
    }
  }

  /**
   * Whoever adds has it in PostgreSQL as well, and adds it again until it is done: so nothing of it is
   * kept here, where a job that failed for good would stand in the way of the next one.
   *
   * @param id makes a repeat harmless; a UUID
   */
  async add(jobs: readonly { name: string; id: string; data: object }[]): Promise<void> {
    await this.#queue.addBulk(
      jobs.map(({ name, id, data }) => ({
        name,
        data,
        opts: { jobId: id, removeOnComplete: true, removeOnFail: true },
      })),
    );
  }

  /** Waits for what is running, and lets go. */
  async close(): Promise<void> {
    clearInterval(this.#reminder);
    const closing = (async () => {
      await this.#worker?.close();
      await this.#queue.close();
      await this.#backend.close();
    })();
    // A queue out of reach must not keep the process: what runs is done again elsewhere.
    const waited = new Promise((resolve) => setTimeout(resolve, PATIENCE).unref());
    await Promise.race([closing.catch(() => undefined), waited]);
  }
}
