import { Worker } from 'node:worker_threads';

/** Why a job got no answer. */
export class ThreadEnded extends Error {
  override readonly name = 'ThreadEnded';

  constructor(readonly because: 'time' | 'memory' | 'crash' | 'queue' | 'close') {
    super(because);
  }
}

export interface PoolLimits {
  readonly threads: number;
  /** Jobs that may wait; the next is turned away. */
  readonly waiting: number;
  /** Milliseconds that a job may take, and that a thread is kept when there is nothing to do. */
  readonly deadline: number;
  readonly idle: number;
  /** Megabytes: of a thread's objects, and by which the process may grow while a job runs. */
  readonly heap: number;
  readonly growth: number;
}

interface Work<Job, Answer> {
  /** Makes the job when its turn has come: what waits holds no file in memory. */
  readonly make: () => Promise<{ job: Job; transfer: readonly ArrayBuffer[] }>;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread<Job, Answer> {
  readonly worker: Worker;
  work: Work<Job, Answer> | undefined;
  timer: NodeJS.Timeout | undefined;
  grown: number;
  since: number;
}

const MEGABYTE = 1024 * 1024;
const LOOK_EVERY = 50;

/**
 * A few threads for work that may hang, explode or crash: none is started before there is work,
 * each ends when there is none for a while, and one that goes beyond its limits is ended with its
 * job alone. Buffers outside the heap have no limit of their own, so the process is watched.
 */
export class ThreadPool<Job, Answer> {
  private readonly threads: Thread<Job, Answer>[] = [];
  private readonly queue: Work<Job, Answer>[] = [];
  private watch: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly script: URL,
    private readonly limits: PoolLimits,
  ) {}

  /** How many threads there are just now. */
  get size(): number {
    return this.threads.length;
  }

  /** @throws ThreadEnded where the job was not done, with why */
  run(make: Work<Job, Answer>['make']): Promise<Answer> {
    if (this.closed) return Promise.reject(new ThreadEnded('close'));
    if (this.queue.length >= this.limits.waiting) return Promise.reject(new ThreadEnded('queue'));
    return new Promise((resolve, reject) => {
      this.queue.push({ make, resolve, reject });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.queue.splice(0)) reject(new ThreadEnded('close'));
    await Promise.all([...this.threads].map((thread) => this.end(thread, 'close')));
  }

  private next(): void {
    if (this.queue.length === 0) return;
    const free = this.threads.find(({ work }) => !work);
    const thread = free ?? (this.threads.length < this.limits.threads ? this.start() : undefined);
    if (!thread) return;
    void this.give(thread, this.queue.shift()!);
  }

  private start(): Thread<Job, Answer> {
    const worker = new Worker(this.script, {
      resourceLimits: { maxOldGenerationSizeMb: this.limits.heap, maxYoungGenerationSizeMb: 16 },
      stdout: true,
      stderr: true,
      env: {},
      execArgv: [],
    });
    const fresh = { worker, work: undefined, timer: undefined, grown: 0, since: 0 };
    const thread: Thread<Job, Answer> = fresh;
    this.threads.push(thread);
    worker.on('message', (answer: Answer) => this.done(thread, answer));
    worker.on('error', (error: NodeJS.ErrnoException) => {
      void this.end(thread, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash');
    });
    worker.on('exit', () => void this.end(thread, 'crash'));
    return thread;
  }

  private async give(thread: Thread<Job, Answer>, work: Work<Job, Answer>): Promise<void> {
    clearTimeout(thread.timer);
    thread.work = work;
    thread.since = Date.now();
    thread.worker.ref();
    try {
      const { job, transfer } = await work.make();
      if (thread.work !== work) return;
      thread.grown = process.memoryUsage.rss() + this.limits.growth * MEGABYTE;
      thread.timer = setTimeout(() => void this.end(thread, 'time'), this.limits.deadline);
      this.watch ??= setInterval(() => this.look(), LOOK_EVERY).unref();
      thread.worker.postMessage(job, transfer);
    } catch (error) {
      work.reject(error);
      this.rest(thread);
    }
  }

  private done(thread: Thread<Job, Answer>, answer: Answer): void {
    thread.work?.resolve(answer);
    this.rest(thread);
  }

  private rest(thread: Thread<Job, Answer>): void {
    clearTimeout(thread.timer);
    thread.work = undefined;
    thread.worker.unref();
    thread.timer = setTimeout(() => void this.end(thread, 'close'), this.limits.idle).unref();
    this.next();
  }

  /** Where the process has grown too far, the job that has run longest is the likeliest cause. */
  private look(): void {
    const busy = this.threads.filter(({ work }) => work);
    if (busy.length === 0) {
      clearInterval(this.watch);
      this.watch = undefined;
      return;
    }
    const memory = process.memoryUsage.rss();
    const over = busy.filter(({ grown }) => grown > 0 && memory > grown);
    const [oldest] = over.toSorted((a, b) => a.since - b.since);
    if (oldest) void this.end(oldest, 'memory');
  }

  private async end(thread: Thread<Job, Answer>, because: ThreadEnded['because']): Promise<void> {
    const at = this.threads.indexOf(thread);
    if (at < 0) return;
    this.threads.splice(at, 1);
    clearTimeout(thread.timer);
    thread.work?.reject(new ThreadEnded(because));
    thread.work = undefined;
    await thread.worker.terminate();
    this.next();
  }
}
