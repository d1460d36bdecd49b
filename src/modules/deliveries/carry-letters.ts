import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { LOG } from '../../platform/log/log.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Entries } from '../../platform/queue/entries.js';
import type { Queueing } from '../../platform/queue/jobs.js';
import { dueLetters, markCarried } from './deliveries.repository.js';

export const SEND_LETTERS = 'send-letters';
/** Letters that one job sends, and that are carried to the queue in one go. */
const TOGETHER = 25;
const BATCH = 1000;
/** Jobs that may wait in the queue before more are carried: what is due stays in PostgreSQL until then. */
const FULL = 100;
/** After which a letter that was carried, and that nobody took, is carried again: the queue may have lost it. */
const PATIENCE = '30 seconds';

/** Carries letters that are due to the queue, while that has room. */
@Injectable()
export class CarryLetters {
  #carrying: Promise<void> | undefined;

  constructor(
    private readonly work: UnitOfWork,
    entries: Entries,
    @Inject(LOG) log: Logger,
  ) {
    // What people are told of leaves when they have been told; else by the clock, a second later.
    entries.follow((_, queue) =>
      this.all(queue).catch((error: unknown) => {
        log.warn({ err: error }, 'letters could not be carried yet');
      }),
    );
  }

  /** Once at a time: who comes meanwhile has it carried with the others, or by the clock. */
  all(queue: Queueing): Promise<void> {
    this.#carrying ??= this.carry(queue).finally(() => (this.#carrying = undefined));
    return this.#carrying;
  }

  private async carry(queue: Queueing): Promise<void> {
    while ((await queue.waiting('letters')) < FULL && (await this.some(queue)) > 0);
  }

  /** Added first, marked after, as the relay does: whoever is killed in between adds it twice. */
  private some(queue: Queueing): Promise<number> {
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
}
