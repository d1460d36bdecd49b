import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOG } from '../../platform/log/log.js';
import { minutesAfter } from '../../platform/mail/other-side.js';
import { Channels, Postponed, Undelivered } from './register-channels.js';
import { SettleLetters } from './settle-letters.js';
import { WriteLetters, type Written } from './write-letters.js';

/** Hands letters to their channels, and keeps what was answered. */
@Injectable()
export class SendLetters {
  constructor(
    private readonly writer: WriteLetters,
    private readonly channels: Channels,
    private readonly settle: SettleLetters,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Those of these letters that are due, side by side: one that is slow holds up no other. */
  async send(letters: readonly string[]): Promise<void> {
    const { written, unwritten } = await this.writer.write(letters);
    const ended = await Promise.allSettled([
      ...written.map((letter) => this.sendOne(letter)),
      ...unwritten.map(({ channel, ...letter }) =>
        this.untaken(letter, channel, new Undelivered('it could not be written', false, false)),
      ),
    ]);
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
  }

  private async sendOne({ channel, ...letter }: Written): Promise<void> {
    const attempted = { letter: letter.id, attempt: letter.attempt };
    let answer: string;
    try {
      answer = await this.channels.get(channel).send(letter);
    } catch (error) {
      if (error instanceof Postponed) {
        await this.settle.held(attempted, error.seconds);
        return;
      }
      await this.untaken(attempted, channel, error);
      return;
    }
    await this.settle.accepted(attempted, answer);
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
