import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import DataLoader from 'dataloader';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { refusalOf } from '../../platform/database/sql-state.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { LOG } from '../../platform/log/log.js';
import { keptAnswer } from '../../platform/mail/other-side.js';
import { TellSecretariat, type Alarm } from './tell-secretariat.js';

/** A letter, as it was attempted. */
export interface Attempted {
  readonly letter: string;
  readonly attempt: number;
}

interface Deferral {
  readonly answer: string;
  readonly minutes: number;
  readonly unsure: boolean;
}

interface Accepted extends Attempted {
  readonly answer: string;
}

/** Letters that are accepted in one statement. */
const TOGETHER = 100;
/** Milliseconds for which a database that is away is asked again, each time after so many. */
const PATIENCE = { whole: 60_000, each: 200 };

/** Keeps what became of letters. */
@Injectable()
export class SettleLetters implements OnApplicationShutdown {
  readonly #accepted: DataLoader<Accepted, null>;
  #accepting: Promise<unknown> = Promise.resolve();
  #warm = false;
  #closed = false;

  constructor(
    private readonly work: UnitOfWork,
    private readonly secretariat: TellSecretariat,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.#accepted = new DataLoader((all) => this.accept(all), {
      cache: false,
      maxBatchSize: TOGETHER,
      batchScheduleFn: (send) => void this.#accepting.then(send),
    });
  }

  onApplicationShutdown(): void {
    this.#closed = true;
  }

  /** The first time takes long, in which letters would be in doubt: it is for none. */
  async warmUp(): Promise<void> {
    if (this.#warm) return;
    await this.work.identity('identity.accept_letters', [[], [], []]);
    this.#warm = true;
  }

  /**
   * The other side took it. Sent at once, or with what else was taken while the one before was on its way:
   * what is cut off before it is kept may arrive twice.
   */
  accepted(attempted: Attempted, answer: string): Promise<null> {
    return this.#accepted.load({ ...attempted, answer: keptAnswer(answer) });
  }

  /** It is tried again, and marked then where it is not known that it did not arrive. */
  deferred(
    { letter, attempt }: Attempted,
    { answer, minutes, unsure }: Deferral,
  ): Promise<unknown> {
    const next = new Date(Date.now() + minutes * 60_000);
    return this.settle(letter, attempt, 'deferred', keptAnswer(answer), next, unsure);
  }

  /** It was not tried, and is as due as before: not all that waits for the same wakes at the same instant. */
  putBack({ letter, attempt }: Attempted, seconds: number): Promise<unknown> {
    const next = new Date(Date.now() + seconds * 1000 * (1 + Math.random()));
    return this.settle(letter, attempt, 'put-back', null, next, false);
  }

  /** It is not tried again; the secretariat learns of it, where it must. What failed has, whoever learns. */
  async failed(attempted: Attempted, answer: string): Promise<void> {
    const { letter, attempt } = attempted;
    const given = [letter, attempt, 'failed', keptAnswer(answer), null, false];
    try {
      await this.work.system('clock', async (tx) => {
        const row = await tx.row<{ alarms: Alarm[] }>(
          'SELECT identity.settle_letter($1, $2, $3, $4, $5, $6) AS alarms',
          given,
        );
        await this.secretariat.tell(tx, row!.alarms);
      });
    } catch (error) {
      this.log.fatal({ err: error, ...attempted }, 'the secretariat was not told of a failure');
      await this.settle(...given);
    }
  }

  /**
   * It had been taken on the way, and came back.
   *
   * @returns whether there was such a letter
   */
  bounced(letter: string, answer: string): Promise<boolean> {
    return this.work.system('clock', async (tx) => {
      const row = await tx.row<{ alarms: Alarm[] | null }>(
        'SELECT identity.bounce_letter($1, $2) AS alarms',
        [letter, keptAnswer(answer)],
      );
      await this.secretariat.tell(tx, row!.alarms ?? []);
      return row!.alarms !== null;
    });
  }

  /** An operator decided that they are not sent; those that are being sent, or were, stay as they are. */
  discarded(letters: readonly string[], reason: string): Promise<void> {
    return this.work.system('clock', async (tx) => {
      const row = await tx.row<{ alarms: Alarm[] }>(
        'SELECT identity.give_up_letters($1, $2) AS alarms',
        [letters, keptAnswer(`discarded by the operator: ${reason}`)],
      );
      await this.secretariat.tell(tx, row!.alarms);
    });
  }

  /** They failed before they were sent: somebody looks at them again later. */
  putOff(letters: readonly string[], minutes: number): Promise<unknown> {
    return this.work.identity('identity.put_off_letters', [letters, `${minutes} minutes`]);
  }

  private accept(all: readonly Accepted[]): Promise<null[]> {
    const given = [
      all.map(({ letter }) => letter),
      all.map(({ attempt }) => attempt),
      all.map(({ answer }) => answer),
    ];
    const keeping = this.keep('identity.accept_letters', given);
    this.#accepting = keeping.catch(() => undefined);
    return keeping.then(() => all.map(() => null));
  }

  private settle(...args: readonly unknown[]): Promise<unknown> {
    return this.keep('identity.settle_letter', args);
  }

  /** While the database is away it is asked again: what was taken does not have to be sent twice. */
  private async keep(call: `identity.${string}`, given: readonly unknown[]): Promise<void> {
    for (const end = Date.now() + PATIENCE.whole; ;) {
      try {
        await this.work.identity(call, given);
        return;
      } catch (error) {
        const away = refusalOf(error)?.code === 'unavailable';
        if (!away || this.#closed || Date.now() > end) throw error;
        this.log.warn({ err: error }, 'what became of letters could not be kept yet');
      }
      await sleep(PATIENCE.each, undefined, { ref: false });
    }
  }
}
