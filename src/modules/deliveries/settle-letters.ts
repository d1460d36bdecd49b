import { Injectable } from '@nestjs/common';
import { deskOf, secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { append } from '../../platform/journal/journal.js';

/** Characters of an answer that are kept. */
const TOLD = 300;

/** A letter, as it was attempted. */
interface Attempted {
  readonly letter: string;
  readonly attempt: number;
}

interface Alarm {
  readonly proceedingId: string;
  readonly mechanism: string;
  readonly event: string;
  readonly deadline: string | null;
  readonly side: string;
  readonly channel: string;
}

const plain = (answer: string): string => answer.replaceAll(/\p{C}+/gu, ' ').slice(0, TOLD);

/** Keeps what became of letters. */
@Injectable()
export class SettleLetters {
  constructor(private readonly work: UnitOfWork) {}

  /** The other side took it. One statement, sent at once: what is cut off before it may arrive twice. */
  accepted({ letter, attempt }: Attempted, answer: string): Promise<unknown> {
    return this.settle(letter, attempt, 'accepted', plain(answer), null);
  }

  /** It is tried again. */
  deferred(
    { letter, attempt }: Attempted,
    { answer, minutes }: { readonly answer: string; readonly minutes: number },
  ): Promise<unknown> {
    return this.settle(letter, attempt, 'deferred', plain(answer), `${minutes} minutes`);
  }

  /** It was not tried. */
  held({ letter, attempt }: Attempted, seconds: number): Promise<unknown> {
    return this.settle(letter, attempt, 'held', null, `${seconds} seconds`);
  }

  /** It is not tried again; the secretariat learns of it, where it must. */
  failed({ letter, attempt }: Attempted, answer: string): Promise<void> {
    return this.work.system('clock', async (tx) => {
      const row = await tx.row<{ alarms: Alarm[] }>(
        'SELECT identity.settle_letter($1, $2, $3, $4, $5) AS alarms',
        [letter, attempt, 'failed', plain(answer), null],
      );
      await alarm(tx, row!.alarms);
    });
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
        [letter, plain(answer)],
      );
      await alarm(tx, row!.alarms ?? []);
      return row!.alarms !== null;
    });
  }

  private settle(...args: readonly unknown[]): Promise<unknown> {
    return this.work.identity('identity.settle_letter', args);
  }
}

/** Tells the secretariat that somebody could not be reached. */
async function alarm(tx: Tx, alarms: readonly Alarm[]): Promise<void> {
  for (const { proceedingId, mechanism, event, deadline, side, channel } of alarms) {
    await tx.asProcedure(proceedingId, () =>
      append(tx, {
        proceedingId,
        compartment: deskOf(secretariatSide(mechanism)),
        what: 'notice-failed',
        by: 'clock',
        at: tx.now,
        facts: { event, deadline, side, channel },
      }),
    );
  }
}
