import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { EventEmitter, once } from 'node:events';
import type { Logger } from 'pino';
import { Environment } from '../../config/environment.js';
import { LOG } from '../../platform/log/log.js';
import { minutesAfter } from '../../platform/mail/other-side.js';
import { HandLetters } from './hand-letters.js';
import { Channels, Postponed, Undelivered, type Ready } from './register-channels.js';
import { SettleLetters, type Attempted } from './settle-letters.js';
import { WriteLetters, type Written } from './write-letters.js';

/** Letters that this process may have in hand before it takes more. */
const IN_HAND = 150;
/** Milliseconds that a process which stops waits for what is being handed over. */
const PATIENCE = 8000;

/**
 * Hands letters to their channels, and keeps what was answered. They leave side by side, and nobody waits
 * for them but for room: one that is slow holds up no other.
 */
@Injectable()
export class SendLetters implements BeforeApplicationShutdown {
  readonly #places: HandLetters;
  readonly #inHand = new Set<Promise<unknown>>();
  readonly #freed = new EventEmitter();
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
    while (this.#inHand.size > IN_HAND) await once(this.#freed, 'freed');
    if (this.#stopping) return;
    await this.settle.warmUp();
    const { written, unwritten } = await this.#hold(this.writer.write(letters));
    for (const letter of written) this.#take(letter.id, this.sendOne(letter));
    for (const { letter, attempt, channel } of unwritten) {
      const error = new Undelivered('it could not be written', false, false);
      this.#take(letter, this.unsent({ letter, attempt }, channel, { error, unsure: false }));
    }
  }

  /** What is being handed over is finished; what waits is put back. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    this.#places.close();
    const signal = AbortSignal.timeout(PATIENCE);
    while (this.#inHand.size > 0 && !signal.aborted) {
      await once(this.#freed, 'freed', { signal }).catch(() => undefined);
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
    this.#inHand.add(work);
    const free = (): void => {
      this.#inHand.delete(work);
      this.#freed.emit('freed');
    };
    work.then(free, free);
    return work;
  }

  private async sendOne({ channel, ...letter }: Written): Promise<void> {
    const attempted = { letter: letter.id, attempt: letter.attempt };
    let ready: Ready;
    try {
      ready = await this.channels.get(channel).prepare(letter);
    } catch (error) {
      // Nothing was handed over.
      await this.unsent(attempted, channel, { error, unsure: false });
      return;
    }
    const { place, hand, giveBack } = ready;
    try {
      await this.#places.to(`${channel} ${place}`, hand, (answer) => {
        const kept = this.settle.accepted(attempted, answer);
        return kept.catch((error: unknown) => this.unkept(letter.id, error));
      });
    } catch (error) {
      if (error instanceof Postponed) await giveBack?.().catch(() => undefined);
      const unsure = !(error instanceof Undelivered) || error.unreached;
      await this.unsent(attempted, channel, { error, unsure });
    }
  }

  private async unsent(
    attempted: Attempted,
    channel: string,
    { error, unsure }: { readonly error: unknown; readonly unsure: boolean },
  ): Promise<void> {
    if (error instanceof Postponed) {
      await this.settle.putBack(attempted, error.seconds);
      return;
    }
    const known = error instanceof Undelivered;
    // What a channel did not foresee is for the log; the recipient is told that it was we.
    const answer = known ? error.answer : 'it could not be sent from here';
    if (!known) this.log.error({ err: error, ...attempted, channel }, 'a letter could not be sent');
    const minutes = known && error.forGood ? undefined : minutesAfter(attempted.attempt);
    this.log.warn({ ...attempted, channel, minutes }, 'a letter was not taken');
    if (minutes === undefined) await this.settle.failed(attempted, answer);
    else await this.settle.deferred(attempted, { answer, minutes, unsure });
  }
}
