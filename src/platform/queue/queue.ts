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
import type { FailedJobs } from './failed-jobs.js';
import type { Asked, Jobs, Lane, Queueing } from './jobs.js';

const NAME = 'comity';
/** Finished jobs are kept a while, so that a repeated id is known; failed ones for a look. */
const KEPT = { removeOnComplete: { age: 86_400, count: 10_000 }, removeOnFail: { count: 5_000 } };
/** Milliseconds between reminders of the schedule, and for a queue to close. */
const REMIND = 10_000;
const PATIENCE = 8000;
const RETRIES = { attempts: 8, backoff: { type: 'exponential', delay: 1000 } };
/** Of what PostgreSQL has and carries again: 15 seconds in all, then it is kept as failed. */
const ATTEMPTS = 5;

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

/** Jobs that run at a time in one process, by lane. */
const AT_ONCE: Record<Lane, number> = { work: 8, letters: 2 };
const NAMES: Record<Lane, string> = { work: NAME, letters: `${NAME}-letters` };
const LANES = ['work', 'letters'] as const;

/** The queue, in lanes: producers hand in names and ids, workers run what is registered. */
export class JobQueue implements Queueing {
  readonly #backend: Backend;
  readonly #queues: Record<Lane, Queue>;
  readonly #workers: Worker[] = [];
  #reminder: NodeJS.Timeout | undefined;

  constructor(
    environment: Environment,
    private readonly jobs: Jobs,
    private readonly log: Logger,
    private readonly metrics: Metrics,
    private readonly failures: FailedJobs,
  ) {
    metrics.watch('comity_queue_jobs', 'Jobs by lane and state', ['lane', 'state'], async () =>
      (await this.counts()).map(({ lane, state, jobs: n }) => [{ lane, state }, n] as const),
    );
    this.#backend = backendOf(environment);
    this.#queues = { work: this.#open('work'), letters: this.#open('letters') };
  }

  #open(lane: Lane): Queue {
    const { options, factory } = this.#backend;
    const defaultJobOptions = { ...KEPT, ...RETRIES };
    const queue = new Queue(NAMES[lane], { ...options, defaultJobOptions }, factory as never);
    return queue.on('error', (error) => this.#away(error));
  }

  #away(error: Error): void {
    this.log.warn({ err: error }, 'the queue is out of reach');
  }

  /** Schedules what runs by itself, and begins to work. */
  async start(): Promise<void> {
    for (const lane of LANES) await this.#queues[lane].waitUntilReady();
    await this.schedule();
    await this.failures.start();
    // A queue that lost its memory is told again.
    this.#reminder = setInterval(() => void this.schedule().catch(() => undefined), REMIND).unref();
    for (const lane of LANES) this.#workers.push(this.#work(lane));
  }

  #work(lane: Lane): Worker {
    const { options, factory } = this.#backend;
    const concurrency = AT_ONCE[lane];
    const run = (job: BullJob) => this.run(job);
    const worker = new Worker(NAMES[lane], run, { ...options, concurrency }, factory as never);
    worker.on('error', (error) => this.#away(error));
    return worker.on('failed', (job, error) => {
      const { name, id, attemptsMade } = job ?? {};
      this.log.error({ err: error, job: name, id, attemptsMade }, 'job failed');
      if (job && this.#ended(job)) this.failures.failed(lane, job, error);
    });
  }

  /** Whether a failure is one to be kept: the last attempt, or any of what runs by itself. */
  #ended({ name, finishedOn }: BullJob): boolean {
    return finishedOn !== undefined || this.jobs.find(name)?.every !== undefined;
  }

  private async run({ id, name, data, timestamp, delay }: BullJob): Promise<void> {
    const began = Date.now();
    const job = this.jobs.get(name);
    if (job.every !== undefined) this.metrics.late(name, began - timestamp - delay);
    let outcome: 'done' | 'failed' = 'failed';
    try {
      await job.run(job.payload.parse(data), this);
      outcome = 'done';
      await this.failures.succeeded({ id, name, data });
    } finally {
      this.metrics.job(name, outcome, Date.now() - began);
    }
  }

  /** How many jobs there are in each state; rejects while the queue is out of reach. */
  async counts(): Promise<{ lane: Lane; state: string; jobs: number }[]> {
    const all = await Promise.all(
      LANES.map(async (lane) => {
        const states = await this.#queues[lane].getJobCounts(
          'waiting',
          'active',
          'delayed',
          'failed',
        );
        return Object.entries(states).map(([state, jobs]) => ({ lane, state, jobs }));
      }),
    );
    return all.flat();
  }

  waiting(lane: Lane): Promise<number> {
    return this.#queues[lane].getWaitingCount();
  }

  private async schedule(): Promise<void> {
    for (const { name, every, lane = 'work' } of this.jobs.all()) {
      if (every === undefined) continue;
      const options = { removeOnComplete: true, removeOnFail: { count: 100 } };
      await this.#queues[lane].upsertJobScheduler(name, { every }, { name, opts: options });
    }
  }

  /**
   * Whoever adds has it in PostgreSQL as well, and adds it again until it is done: so nothing of it is
   * kept here, where a job that failed for good would stand in the way of the next one.
   */
  async add(jobs: readonly Asked[]): Promise<void> {
    for (const lane of LANES) {
      const own = jobs.filter(({ name }) => (this.jobs.get(name).lane ?? 'work') === lane);
      if (own.length === 0) continue;
      await this.#queues[lane].addBulk(
        own.map(({ name, id, data }) => ({
          name,
          data,
          opts: { jobId: id, attempts: ATTEMPTS, removeOnComplete: true, removeOnFail: true },
        })),
      );
    }
  }

  /** Waits for what is running, and lets go. */
  async close(): Promise<void> {
    clearInterval(this.#reminder);
    const closing = (async () => {
      await Promise.all(this.#workers.map((worker) => worker.close()));
      await this.failures.close();
      await Promise.all(LANES.map((lane) => this.#queues[lane].close()));
      await this.#backend.close();
    })();
    // A queue out of reach must not keep the process: what runs is done again elsewhere.
    const waited = new Promise((resolve) => setTimeout(resolve, PATIENCE).unref());
    await Promise.race([closing.catch(() => undefined), waited]);
  }
}
