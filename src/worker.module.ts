import { Inject, Injectable, Module, type DynamicModule } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { CAPABILITIES } from './app.module.js';
import { Environment } from './config/environment.js';
import { ENTITIES } from './entities.js';
import { UnitOfWork } from './platform/database/unit-of-work.js';
import { LOG } from './platform/log/log.js';
import { MailKinds } from './platform/mail/mail-kinds.js';
import { mailTransport } from './platform/mail/mail-transport.js';
import { mailJobs, MailOutbox } from './platform/mail/outbox.js';
import { PlatformModule, type PlatformOptions } from './platform/platform.module.js';
import { Health } from './platform/metrics/health.js';
import { Metrics } from './platform/metrics/metrics.js';
import { Entries } from './platform/queue/entries.js';
import { FailedJobs } from './platform/queue/failed-jobs.js';
import { Jobs } from './platform/queue/jobs.js';
import { JobQueue } from './platform/queue/queue.js';
import { entryJob, oldestWaiting, relayJob } from './platform/queue/relay.js';
import { failureJobs } from './platform/queue/settle-failures.js';

/** Sends what waits in the outbox of mail. The API has no part in it: it makes no token. */
@Injectable()
class SendMail {
  constructor(
    environment: Environment,
    work: UnitOfWork,
    jobs: Jobs,
    kinds: MailKinds,
    @Inject(LOG) log: Logger,
  ) {
    const transport = mailTransport(environment);
    jobs.add(...mailJobs(new MailOutbox({ work, kinds, transport, environment, log }), work));
  }
}

/** Does what is to be done about each entry of the journal. */
@Injectable()
class FollowEntries {
  constructor(
    work: UnitOfWork,
    jobs: Jobs,
    entries: Entries,
    metrics: Metrics,
    @Inject(LOG) log: Logger,
  ) {
    jobs.add(entryJob({ work, entries, log }));
    metrics.watch(
      'comity_journal_waiting_seconds',
      'How long the oldest entry of the journal has waited to be dealt with',
      [],
      async () => [[{}, await oldestWaiting(work)]],
    );
  }
}

/** Runs the jobs that the modules registered, until the process is asked to stop. */
@Injectable()
class RunJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly queue: JobQueue;

  constructor(
    environment: Environment,
    work: UnitOfWork,
    jobs: Jobs,
    metrics: Metrics,
    @Inject(LOG) log: Logger,
  ) {
    const failures = new FailedJobs(work, jobs, log);
    this.queue = new JobQueue(environment, jobs, log, metrics, failures);
    jobs.add(relayJob(work), ...failureJobs({ work, jobs, metrics, log }));
  }

  onApplicationBootstrap(): Promise<void> {
    return this.queue.start();
  }

  /** Before the database goes: what runs is finished. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}

/** The worker's composition: the same capabilities, no transport. */
@Module({})
export class WorkerModule {
  constructor({ queue }: RunJobs, health: Health) {
    health.needs('queue', () => queue.counts());
  }

  static for(options: Omit<PlatformOptions, 'entities'>): DynamicModule {
    return {
      module: WorkerModule,
      imports: [PlatformModule.for({ ...options, entities: ENTITIES }), ...CAPABILITIES],
      providers: [FollowEntries, RunJobs, SendMail],
    };
  }
}
