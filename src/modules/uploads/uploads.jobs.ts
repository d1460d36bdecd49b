import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/queue/jobs.js';

const HOUR = 3_600_000;

@Injectable()
export class UploadsJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly work: UnitOfWork,
  ) {}

  onModuleInit(): void {
    const payload = z.strictObject({});
    this.jobs.add({ name: 'forget-uploads', payload, every: HOUR, run: () => this.forget() });
  }

  /** Forgets what has run out; its files are orphans then, and go with the others. */
  async forget(): Promise<void> {
    await this.work.system('sweep', (tx) => tx.rows('SELECT casework.forget_uploads()'));
  }
}
