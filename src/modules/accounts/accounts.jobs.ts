import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SESSION_IDLE } from '../../platform/identity/tokens.js';
import { MailKinds } from '../../platform/mail/mail-kinds.js';
import { Jobs } from '../../platform/queue/jobs.js';
import { grantedMail } from './granted-mail.rules.js';

@Injectable()
export class AccountsJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly work: UnitOfWork,
    private readonly mail: MailKinds,
  ) {}

  onModuleInit(): void {
    this.mail.add(grantedMail);
    const payload = z.strictObject({});
    this.jobs.add(
      { name: 'sweep-sessions', payload, every: 3_600_000, run: () => this.sweep() },
      { name: 'forget-allowances', payload, every: 300_000, run: () => this.forget() },
    );
  }

  /** Counters of the rate limits whose window has ended. */
  private forget(): Promise<void> {
    return this.work.system('sweep', async (tx) => {
      await tx.rows('SELECT identity.forget_allowances()');
    });
  }

  /** Sessions that have run out, counters that nobody needs any more, and case keys that nobody used. */
  private sweep(): Promise<void> {
    return this.work.system('sweep', async (tx) => {
      await tx.rows('SELECT identity.sweep($1)', [SESSION_IDLE]);
      await tx.rows('SELECT identity.forget_case_keys()');
    });
  }
}
