import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Environment } from '../../config/environment.js';
import { MechanismsService } from '../mechanisms/index.js';
import { MechanismsModule } from '../mechanisms/mechanisms.module.js';
import { noticesOf, scheduleIn } from '../notices/index.js';
import { Engine, Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { firstLookAt, reminderDues } from './give-reminders.js';
import { RemindersJobs } from './reminders.jobs.js';

/** Whoever owes something is reminded before it is due, and when it is overdue, until it is done. */
@Module({
  imports: [MechanismsModule, ProceedingsModule],
  providers: [RemindersJobs],
})
export class RemindersModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
    private readonly mechanisms: MechanismsService,
    @Inject(Environment) private readonly environment: Pick<Environment, 'mechanismsDir'>,
  ) {}

  onModuleInit(): void {
    const all = noticesOf(this.mechanisms, this.environment.mechanismsDir);
    const schedule = (mechanism: string, deadline: string) =>
      scheduleIn(
        all.find((each) => each.mechanism === mechanism),
        deadline,
      );
    this.parts.firstLook = firstLookAt(schedule);
    this.parts.dues.push(reminderDues({ engine: this.engine, parts: this.parts, schedule }));
  }
}
