import { Module, type OnModuleInit } from '@nestjs/common';
import { RenderNotices, scheduleIn } from '../notices/index.js';
import { NoticesModule } from '../notices/notices.module.js';
import { Engine, Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { firstLookAt, reminderDues } from './give-reminders.js';
import { RemindersJobs } from './reminders.jobs.js';

/** Whoever owes something is reminded before it is due, and when it is overdue, until it is done. */
@Module({
  imports: [NoticesModule, ProceedingsModule],
  providers: [RemindersJobs],
})
export class RemindersModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
    private readonly notices: RenderNotices,
  ) {}

  onModuleInit(): void {
    const schedule = (mechanism: string, deadline: string) =>
      scheduleIn(this.notices.of(mechanism), deadline);
    this.parts.firstLook = firstLookAt(schedule);
    this.parts.dues.push(reminderDues({ engine: this.engine, parts: this.parts, schedule }));
  }
}
