import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/queue/jobs.js';
import { RunClock } from './run-clock.js';
import { SealRoot } from './seal-root.js';

const HOUR = 3_600_000;

@Injectable()
export class ProceedingsJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly clock: RunClock,
    private readonly roots: SealRoot,
    private readonly work: UnitOfWork,
  ) {}

  onModuleInit(): void {
    const payload = z.strictObject({});
    this.jobs.add(
      {
        name: 'sweep-deadlines',
        payload,
        every: 5000,
        run: async () => void (await this.clock.sweep()),
      },
      // Does nothing but in the first hour of a day, or after days that were missed.
      {
        name: 'seal-root',
        payload,
        every: HOUR / 4,
        run: async () => void (await this.roots.run()),
      },
      { name: 'forget-answers', payload, every: HOUR, run: () => this.forgetAnswers() },
    );
  }

  /** First answers to idempotent requests are kept for a day. */
  private forgetAnswers(): Promise<void> {
    return this.work.system('sweep', async (tx) => {
      await tx.rows("SELECT casework.forget_answers(now() - interval '24 hours')");
    });
  }
}
