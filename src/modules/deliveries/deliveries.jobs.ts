import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs, type Job, type Queueing } from '../../platform/queue/jobs.js';
import { CarryLetters, SEND_LETTERS } from './carry-letters.js';
import { forgetDeliveries } from './deliveries.repository.js';
import { SendLetters } from './send-letters.js';
import { SettleLetters } from './settle-letters.js';

/** Deliveries that are forgotten in one go. */
const BATCH = 1000;

const nothing = z.strictObject({});
const payload = z.strictObject({ letters: z.array(z.uuid()) });

@Injectable()
export class DeliveriesJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly work: UnitOfWork,
    private readonly carry: CarryLetters,
    private readonly letters: SendLetters,
    private readonly settle: SettleLetters,
  ) {}

  onModuleInit(): void {
    this.jobs.add(
      {
        name: 'carry-letters',
        payload: nothing,
        every: 1000,
        run: (_, queue) => this.carry.all(queue),
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
  }

  /**
   * Letters that cannot be written together are written each by itself, so that one that fails holds up
   * none, and its failure is known as its own.
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
}
