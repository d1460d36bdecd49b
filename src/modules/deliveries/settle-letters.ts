import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { LOG } from '../../platform/log/log.js';
import { keptAnswer } from '../../platform/mail/other-side.js';
import { TellSecretariat, type Alarm } from './tell-secretariat.js';

/** A letter, as it was attempted. */
interface Attempted {
  readonly letter: string;
  readonly attempt: number;
}

interface Deferral {
  readonly answer: string;
  readonly minutes: number;
  readonly unsure: boolean;
}

/** Keeps what became of letters. */
@Injectable()
export class SettleLetters {
  constructor(
    private readonly work: UnitOfWork,
    private readonly secretariat: TellSecretariat,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** The other side took it. One statement, sent at once: what is cut off before it may arrive twice. */
  accepted({ letter, attempt }: Attempted, answer: string): Promise<unknown> {
    return this.settle(letter, attempt, 'accepted', keptAnswer(answer), null, false);
  }

  /** It is tried again, and marked then where it is not known that it did not arrive. */
  deferred(
    { letter, attempt }: Attempted,
    { answer, minutes, unsure }: Deferral,
  ): Promise<unknown> {
    const next = new Date(Date.now() + minutes * 60_000);
    return this.settle(letter, attempt, 'deferred', keptAnswer(answer), next, unsure);
  }

  /** It was not tried: not all that waits for the same wakes at the same instant. */
  held({ letter, attempt }: Attempted, seconds: number): Promise<unknown> {
    const next = new Date(Date.now() + seconds * 1000 * (1 + Math.random()));
    return this.settle(letter, attempt, 'held', null, next, false);
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

  private settle(...args: readonly unknown[]): Promise<unknown> {
    return this.work.identity('identity.settle_letter', args);
  }
}
