import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

/** Where jobs wait: what waits for others, outside, does not hold up the work of the house. */
export type Lane = 'work' | 'letters';

/** A job to be done, for whoever finds it. */
export interface Asked {
  readonly name: string;
  /** Makes a repeat harmless; it has a UUID. */
  readonly id: string;
  /** Ids alone: the queue stores it in clear. */
  readonly data: object;
}

/** What a job may ask of the queue. */
export interface Queueing {
  add(jobs: readonly Asked[]): Promise<void>;
  /** How many jobs of a lane nobody has begun. */
  waiting(lane: Lane): Promise<number>;
}

/**
 * A job: its name, the shape of what it is given (ids only: the queue stores it in clear),
 * and what is done. Running twice must do no harm: a queue delivers at least once.
 */
export interface Job<S extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly payload: S;
  /** Milliseconds between runs, for a job that nobody asks for. */
  readonly every?: number;
  /** `work` unless it is said. */
  readonly lane?: Lane;
  run(payload: z.infer<S>, queue: Queueing): Promise<void>;
  /** It failed for good, and PostgreSQL has it carried again: not before so many minutes. */
  putOff?(payload: z.infer<S>, minutes: number): Promise<void>;
  /**
   * An operator decided that it is not done: what has to become of that. Without this, nothing does.
   * Twice must do no harm.
   */
  discard?(payload: z.infer<S>, reason: string): Promise<void>;
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

  find(name: string): Job | undefined {
    return this.#jobs.get(name);
  }

  /** @throws Error for a name that nobody handles */
  get(name: string): Job {
    const job = this.find(name);
    if (!job) throw new Error(`no handler for the job ${name}`);
    return job;
  }
}
