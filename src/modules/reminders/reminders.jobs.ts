import { Injectable, type OnModuleInit } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/queue/jobs.js';
import { RenderNotices } from '../notices/index.js';
import { lookAgain } from './reminders.repository.js';

const DAY = 86_400_000;

/** Schedules stand outside the pin of a procedure: where they have changed, what is pending follows. */
@Injectable()
export class RemindersJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly work: UnitOfWork,
    private readonly notices: RenderNotices,
  ) {}

  onModuleInit(): void {
    const payload = z.strictObject({});
    const every = 3_600_000 / 4;
    this.jobs.add({ name: 'replan-reminders', payload, every, run: () => this.replan() });
  }

  private async replan(): Promise<void> {
    for (const { mechanism, reminders } of this.notices.all) {
      if (!reminders) continue;
      const digest = createHash('sha256').update(JSON.stringify(reminders)).digest('hex');
      const schedules = [reminders.default, ...reminders.deadlines];
      const longest = Math.max(
        ...schedules.flatMap(({ overdue, escalate }) => [...overdue, escalate?.after ?? 0, 0]),
      );
      await this.work.system('clock', (tx) => {
        const since = new Date(tx.now.getTime() - (longest + 1) * DAY);
        return lookAgain(tx, { mechanism, digest, since });
      });
    }
  }
}
