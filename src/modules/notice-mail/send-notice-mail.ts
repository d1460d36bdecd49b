import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Environment } from '../../config/environment.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { hashToken, newToken } from '../../platform/identity/tokens.js';
import { keptAnswer } from '../../platform/mail/other-side.js';
import { RateLimits } from '../../platform/limits/rate-limits.js';
import {
  MailRefused,
  mailTransport,
  type MailTransport,
} from '../../platform/mail/mail-transport.js';
import {
  Channels,
  Postponed,
  Undelivered,
  type Channel,
  type Letter,
  type Ready,
} from '../deliveries/index.js';
import { letterMail, mayBeEnded } from './letter-mail.rules.js';

/** Letters by mail, to the address that their recipient has when they leave. */
@Injectable()
export class SendNoticeMail implements Channel, OnApplicationShutdown {
  readonly name = 'mail';
  #transport: MailTransport | undefined;

  constructor(
    private readonly work: UnitOfWork,
    private readonly environment: Environment,
    private readonly limits: RateLimits,
    channels: Channels,
  ) {
    channels.add(this);
  }

  prepare(letter: Letter): Promise<Ready> {
    return Promise.resolve({ place: 'smtp', hand: () => this.hand(letter) });
  }

  /**
   * The token that ends mail is made for this attempt and known to the mail alone; its hash is kept
   * before the mail goes out.
   */
  private async hand(letter: Letter): Promise<string> {
    const to = await this.addressOf(letter);
    const wait = await this.limits.spare('mail', to.slice(to.lastIndexOf('@') + 1));
    if (wait > 0) throw new Postponed(wait);
    const token = mayBeEnded(letter) ? newToken('cu_') : undefined;
    if (token !== undefined) await this.addressOf(letter, token);
    const { mailFrom: from, url } = this.environment;
    try {
      const answer = await this.transport().send(letterMail(letter, { from, to, url, token }));
      return keptAnswer(answer, token);
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      throw new Undelivered(keptAnswer(error.answer, token), error.forGood, error.unreached);
    }
  }

  onApplicationShutdown(): void {
    this.#transport?.close?.();
  }

  /** Not before there is something to send: the API never does. */
  private transport(): MailTransport {
    this.#transport ??= mailTransport(this.environment, { pooled: true });
    return this.#transport;
  }

  /**
   * @param token that ends mail, to be kept as a hash
   * @throws Undelivered where the account has none any more
   */
  private async addressOf({ accountId }: Letter, token?: string): Promise<string> {
    const given = [accountId, token === undefined ? null : hashToken(token)];
    const row = await this.work.identity<{ answer: string | null }>(
      'identity.address_letter',
      given,
    );
    if (row!.answer === null) throw new Undelivered('the account is no longer open', true, false);
    return row!.answer;
  }
}
