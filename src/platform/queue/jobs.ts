import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

/**
 * A job: its name, the shape of what it is given (ids only: the queue stores it in clear),
 * and what is done. Running twice must do no harm: a queue delivers at least once.
 */
export interface Job<S extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly payload: S;
  /** Milliseconds between runs, for a job that nobody asks for. */
  readonly every?: number;
  run(payload: z.infer<S>): Promise<void>;
}

/** The jobs that modules registered at start; the worker runs them. */
@Injectable()
export class Jobs {
  readonly #jobs = new Map<string, Job>();

  /** @throws Error when two modules claim one name */
  add(...jobs: readonly Job[]): void {
    for (const job of jobs) {
      if (this.#jobs.has(job.name)) throw new Error(`two handlers for the job ${job.name}`);
      this.#jobs.set(job.name, job);
    }
  }

  all(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  /** @throws Error for a name that nobody handles */
  get(name: string): Job {
    const job = this.#jobs.get(name);
    if (!job) throw new Error(`no handler for the job ${name}`);
    return job;
  }
}
