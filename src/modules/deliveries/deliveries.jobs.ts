import { Injectable, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { Jobs, type Job, type Queueing } from '../../platform/queue/jobs.js';
import {
  countDeliveries,
  dueLetters,
  forgetDeliveries,
  markCarried,
} from './deliveries.repository.js';
import { SendLetters } from './send-letters.js';
import { SettleLetters } from './settle-letters.js';

const SEND_LETTERS = 'send-letters';
/** Letters that one job sends, and that are carried to the queue in one go. */
const TOGETHER = 8;
const BATCH = 1000;
/** Jobs that may wait in the queue before more are carried: what is due stays in PostgreSQL until then. */
const FULL = 250;
/** After which a letter that was carried, and that nobody took, is carried again: the queue may have lost it. */
const PATIENCE = '30 seconds';

const nothing = z.strictObject({});
const payload = z.strictObject({ letters: z.array(z.uuid()) });

@Injectable()
export class DeliveriesJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly work: UnitOfWork,
    private readonly letters: SendLetters,
    private readonly settle: SettleLetters,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.jobs.add(
      {
        name: 'carry-letters',
        payload: nothing,
        every: 1000,
        run: (_, queue) => this.carryAll(queue),
      },
      {
        name: SEND_LETTERS,
        payload,
        lane: 'letters',
        run: ({ letters }, queue) => this.send(letters, queue),
        putOff: async ({ letters }, minutes) => void (await this.settle.putOff(letters, minutes)),
        discard: ({ letters }, reason) => this.settle.discarded(letters, reason),
      } satisfies Job<typeof payload>,
      { name: 'forget-deliveries', payload: nothing, every: 3_600_000, run: () => this.forget() },
    );
    this.watch();
  }

  private async carryAll(queue: Queueing): Promise<void> {
    while ((await queue.waiting('letters')) < FULL && (await this.carry(queue)) > 0);
  }

  /** Added first, marked after, as the relay does: whoever is killed in between adds it twice. */
  private carry(queue: Queueing): Promise<number> {
    return this.work.system('letters', async (tx) => {
      const letters = await dueLetters(tx, BATCH);
      if (letters.length === 0) return 0;
      const parts = Array.from({ length: Math.ceil(letters.length / TOGETHER) }, (_, at) =>
        letters.slice(at * TOGETHER, (at + 1) * TOGETHER),
      );
      await queue.add(
        parts.map((part) => ({ name: SEND_LETTERS, id: randomUUID(), data: { letters: part } })),
      );
      await markCarried(tx, letters, PATIENCE);
      return letters.length;
    });
  }

  /**
   * Letters that cannot be sent together are sent each by itself, so that one that fails holds up none,
   * and its failure is known as its own.
   */
  private async send(letters: readonly string[], queue: Queueing): Promise<void> {
    try {
      await this.letters.send(letters);
    } catch (error) {
      if (letters.length === 1) throw error;
      await queue.add(
        letters.map((letter) => ({ name: SEND_LETTERS, id: letter, data: { letters: [letter] } })),
      );
    }
  }

  private async forget(): Promise<void> {
    const some = () => this.work.system('letters', (tx) => forgetDeliveries(tx, BATCH));
    while ((await some()) === BATCH);
  }

  private count() {
    return this.work.system('letters', countDeliveries);
  }

  private watch(): void {
    // Both values come of one reading: they are asked for together.
    let reading: ReturnType<typeof this.count> | undefined;
    const counted = () => (reading ??= this.count().finally(() => (reading = undefined)));
    const labels = ['channel', 'status'];
    this.metrics.watch('comity_deliveries', 'Deliveries that are not settled', labels, async () =>
      (await counted()).map(({ many, ...of }) => [named(of), many] as const),
    );
    this.metrics.watch(
      'comity_deliveries_overdue_seconds',
      'How long the oldest delivery that is not settled has been due',
      labels,
      async () => (await counted()).map(({ overdue, ...of }) => [named(of), overdue] as const),
    );
  }
}

const named = ({ channel, status }: { channel: string; status: string }) => ({ channel, status });
