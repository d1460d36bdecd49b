import { z } from 'zod';
import type { Logger } from 'pino';
import type { Environment } from '../../config/environment.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { hashToken, newToken } from '../identity/tokens.js';
import type { Job } from '../queue/jobs.js';
import { composeMail } from './compose-mail.js';
import type { Language } from '../labels/languages.js';
import type { MailKinds } from './mail-kinds.js';
import { MailRefused, type MailTransport } from './mail-transport.js';
import { keptAnswer, minutesAfter } from './other-side.js';

/** How long a mail is one worker's; longer than any transport takes. */
const LEASE = '3 minutes';

interface Claimed {
  readonly id: string;
  readonly kind: string;
  readonly address: string;
  readonly language: Language;
  readonly attempt: number;
  readonly told: Record<string, string>;
}
type Outcome = 'sent' | 'failed' | 'queued';

export interface OutboxParts {
  readonly work: UnitOfWork;
  readonly kinds: MailKinds;
  readonly transport: MailTransport;
  readonly environment: Pick<Environment, 'mailFrom' | 'url'>;
  readonly log: Logger;
}

/**
 * Sends what waits in `identity.mail`. The token is made here, for one attempt, and known to the
 * mail alone: its hash is committed before the mail goes out, so that whatever is cut off between
 * two steps leaves a token that works or a mail that is sent again with another, which ends the
 * one before. No transaction is open while the other server is waited for.
 */
export class MailOutbox {
  #busy = false;

  constructor(private readonly parts: OutboxParts) {}

  /** Sends until nothing is due, or nobody answers. One at a time in a process. */
  async sendDue(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (await this.sendNext());
    } finally {
      this.#busy = false;
    }
  }

  /** @returns whether to go on with the next */
  private async sendNext(): Promise<boolean> {
    const token = newToken('cm_');
    const mail = await this.claim(hashToken(token));
    if (!mail) return false;
    try {
      const answer = await this.parts.transport.send(this.compose(mail, token));
      await this.settle(mail, 'sent', { answer: keptAnswer(answer, token) });
      return true;
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      const { id, kind, attempt } = mail;
      const again = error.forGood ? undefined : minutesAfter(attempt);
      // The answer may name the recipient: it is for whoever asked for the mail, not for the log.
      this.parts.log.warn({ mailId: id, kind, attempt, again }, 'a mail was not taken');
      const answer = keptAnswer(error.answer, token);
      const how = again === undefined ? { answer } : { answer, again: `${again} minutes` };
      await this.settle(mail, again === undefined ? 'failed' : 'queued', how);
      return !error.unreached;
    }
  }

  private async claim(hash: string): Promise<Claimed | null> {
    const row = await this.parts.work.system('mail', (tx) =>
      tx.row<{ mail: Claimed | null }>('SELECT identity.claim_mail($1, $2) AS mail', [hash, LEASE]),
    );
    return row!.mail;
  }

  private compose({ id, kind, address, language, attempt, told }: Claimed, token: string) {
    const { kinds, environment } = this.parts;
    const { mailFrom: from, url } = environment;
    const text = kinds.get(kind).write({ language, told, token, url });
    return composeMail({ id: `${id}.${attempt}`, from, to: address, language, text });
  }

  private async settle(
    { id, attempt }: Claimed,
    outcome: Outcome,
    { answer, again }: { answer: string; again?: string },
  ): Promise<void> {
    await this.parts.work.system('mail', (tx) =>
      tx.rows('SELECT identity.settle_mail($1, $2, $3, $4, $5)', [
        id,
        attempt,
        outcome,
        answer,
        again ?? null,
      ]),
    );
  }
}

/** Looks every two seconds for mail that is due, and forgets what is long settled. */
export const mailJobs = (outbox: MailOutbox, work: UnitOfWork): Job[] => [
  {
    name: 'send-mail',
    payload: z.strictObject({}),
    every: 2000,
    run: () => outbox.sendDue(),
  },
  {
    name: 'sweep-mail',
    payload: z.strictObject({}),
    every: 3_600_000,
    run: () =>
      work.system('mail', async (tx) => {
        await tx.rows('SELECT identity.sweep_mail()');
      }),
  },
];
