import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Environment } from '../../config/environment.js';
import { LOG } from '../../platform/log/log.js';
import { minutesAfter } from '../../platform/mail/other-side.js';
import { HandLetters } from './hand-letters.js';
import { Channels, Postponed, Undelivered } from './register-channels.js';
import { SettleLetters } from './settle-letters.js';
import { WriteLetters, type Written } from './write-letters.js';

/** Letters that this process may have in hand before it takes more. */
const IN_HAND = 150;
/** Milliseconds that a process which stops waits for what is being handed over. */
const PATIENCE = 8000;

const nothing = (): undefined => undefined;

/**
 * Hands letters to their channels, and keeps what was answered. They leave side by side, and nobody waits
 * for them but for room: one that is slow holds up no other.
 */
@Injectable()
export class SendLetters implements BeforeApplicationShutdown {
  readonly #places: HandLetters;
  readonly #inHand = new Set<Promise<undefined>>();
  #stopping = false;

  constructor(
    private readonly writer: WriteLetters,
    private readonly channels: Channels,
    private readonly settle: SettleLetters,
    @Inject(LOG) private readonly log: Logger,
    { lettersAtOnce }: Environment,
  ) {
    this.#places = new HandLetters(lettersAtOnce);
  }

  /** Takes those of these letters that are due, and sends them off. */
  async send(letters: readonly string[]): Promise<void> {
    while (this.#inHand.size > IN_HAND) await Promise.race(this.#inHand);
    if (this.#stopping) return;
    await this.settle.warmUp();
    const { written, unwritten } = await this.#hold(this.writer.write(letters));
    for (const letter of written) this.#take(letter.id, this.sendOne(letter));
    for (const { letter, attempt, channel } of unwritten) {
      const fault = new Undelivered('it could not be written', false, false);
      this.#take(letter, this.untaken({ letter, attempt }, channel, fault));
    }
  }

  /** What is being handed over is finished; what waits is put back. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    this.#places.close();
    const patience = sleep(PATIENCE, 'late' as const, { ref: false });
    while (this.#inHand.size > 0) {
      if ((await Promise.race([patience, ...this.#inHand])) === 'late') return;
    }
  }

  #take(letter: string, sending: Promise<void>): void {
    void this.#hold(sending).catch((error: unknown) => this.unkept(letter, error));
  }

  /** Its lease runs out, and it goes again, marked. */
  private unkept(letter: string, error: unknown): void {
    this.log.error({ err: error, letter }, 'what became of a letter was not kept');
  }

  #hold<T>(work: Promise<T>): Promise<T> {
    const held = work.then(nothing, nothing).finally(() => this.#inHand.delete(held));
    this.#inHand.add(held);
    return work;
  }

  private async sendOne({ channel, ...letter }: Written): Promise<void> {
    const attempted = { letter: letter.id, attempt: letter.attempt };
    try {
      const { place, hand } = await this.channels.get(channel).prepare(letter);
      await this.#places.to(`${channel} ${place}`, async () => {
        const answer = await hand();
        const kept = this.settle.accepted(attempted, answer);
        await kept.catch((error: unknown) => this.unkept(letter.id, error));
      });
    } catch (error) {
      if (error instanceof Postponed) {
        await this.settle.held(attempted, error.seconds);
        return;
      }
      await this.untaken(attempted, channel, error);
    }
  }

  private async untaken(
    { letter, attempt }: { readonly letter: string; readonly attempt: number },
    channel: string,
    error: unknown,
  ): Promise<void> {
    const attempted = { letter, attempt };
    const known = error instanceof Undelivered;
    // What a channel did not foresee is for the log; the recipient is told that it was we.
    const answer = known ? error.answer : 'it could not be sent from here';
    if (!known) this.log.error({ err: error, ...attempted, channel }, 'a letter could not be sent');
    const minutes = known && error.forGood ? undefined : minutesAfter(attempt);
    this.log.warn({ ...attempted, channel, minutes }, 'a letter was not taken');
    if (minutes === undefined) await this.settle.failed(attempted, answer);
    // Where nothing was heard, or we failed, it may have arrived.
    else {
      const unsure = !known || error.unreached;
      await this.settle.deferred(attempted, { answer, minutes, unsure });
    }
  }
}
