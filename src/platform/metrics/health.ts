import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Environment } from '../../config/environment.js';
import { PublicReader } from '../database/public-reader.js';
import { UnitOfWork } from '../database/unit-of-work.js';

/** Milliseconds that a check may take. */
const PATIENCE = 3000;

/**
 * Whether the process can do its work: what it needs answers, and it has not been asked to stop.
 * Told to whoever sends requests here or restarts what is ill.
 */
@Injectable()
export class Health implements BeforeApplicationShutdown {
  readonly #checks = new Map<string, () => Promise<unknown>>();
  #stopping = false;

  constructor(
    private readonly environment: Environment,
    work: UnitOfWork,
    reader: PublicReader,
  ) {
    this.needs('database', () => work.system('health', async (tx) => tx.rows('SELECT 1')));
    if (environment.publicDatabaseUrl !== undefined) {
      this.needs('record', () => reader.rows('SELECT 1'));
    }
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  needs(name: string, check: () => Promise<unknown>): void {
    this.#checks.set(name, check);
  }

  /** Names of what does not answer, `stopping` among them; none when all is well. */
  async faults(): Promise<string[]> {
    if (this.#stopping) return ['stopping'];
    const asked = [...this.#checks].map(async ([name, check]) => {
      const late = sleep(PATIENCE, 'late', { ref: false });
      const answer = await Promise.race([check(), late]).catch(() => 'late');
      return answer === 'late' ? [name] : [];
    });
    return (await Promise.all(asked)).flat();
  }

  /** Says that it stops before it does, so that nobody is sent here any more. */
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    this.#stopping = true;
    if (signal) await sleep(this.environment.drain);
  }
}
