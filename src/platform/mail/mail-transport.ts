import { createTransport, type SendMailOptions } from 'nodemailer';
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Environment } from '../../config/environment.js';

/** Where mail goes. */
export interface MailTransport {
  /**
   * @returns what the other side answered when it took the mail
   * @throws MailRefused when it did not
   */
  send(message: SendMailOptions): Promise<string>;
  /** Lets go of what is kept open; nothing is sent any more. */
  close?(): void;
}

/** Why a mail was not taken. */
export class MailRefused extends Error {
  constructor(
    /** What the other side said, or what stood in the way. */
    readonly answer: string,
    /** It would say the same again. */
    readonly forGood: boolean,
    /** Nothing was heard from the other side: other mail would fare no better. */
    readonly unreached: boolean,
  ) {
    super('the mail was not taken');
  }
}

interface SmtpError {
  readonly code?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly message?: string;
}

/** Milliseconds to wait for the server; together well below the lease of a mail. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
const WHOLE = 60_000;

/** Refusals of this recipient or this message, not of us. */
const PERSONAL = ['EENVELOPE', 'EMESSAGE'];

/**
 * Connections that are kept for the next mail, few of them, and how many mails each carries. One that the server has
 * closed meanwhile is replaced, once: everything else that fails is tried again by whoever keeps the mail.
 */
const POOL = { maxConnections: 4, maxMessages: 200, idleTimeout: 30_000, maxRequeues: 1 };

/** A server that takes mail by SMTP; encrypted where it offers that. */
export class SmtpTransport implements MailTransport {
  readonly #transporter;

  /** @param pooled keeps connections, for many mails; else each mail has its own */
  constructor(url: string, { pooled = false } = {}) {
    this.#transporter = pooled
      ? createTransport({ url, ...PATIENCE, ...POOL, pool: true })
      : createTransport({ url, ...PATIENCE });
  }

  close(): void {
    this.#transporter.close();
  }

  async send(message: SendMailOptions): Promise<string> {
    try {
      const signal = AbortSignal.timeout(WHOLE);
      const { response } = await this.#transporter.sendMail({ ...message, signal });
      return response;
    } catch (error) {
      const { code = '', response, responseCode = 0, message: said = '' } = error as SmtpError;
      // What is wrong with an address shows before anybody is asked.
      const personal = PERSONAL.includes(code);
      const forGood = personal && (responseCode >= 500 || !response);
      throw new MailRefused(response ?? `${code} ${said}`.trim(), forGood, !response && !personal);
    }
  }
}

/** A folder that takes mail as `.eml` files, for whoever has no server. */
class FolderTransport implements MailTransport {
  readonly #writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(private readonly folder: string) {}

  async send(message: SendMailOptions): Promise<string> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await chmod(this.folder, 0o700);
      const { message: bytes, messageId } = await this.#writer.sendMail(message);
      const moment = new Date().toISOString().replaceAll(/[:.]/g, '-');
      const file = `${moment}-${messageId.replaceAll(/[<>]|@.*/g, '')}.eml`;
      // Under its name it is whole.
      const draft = path.join(this.folder, `.${file}`);
      await writeFile(draft, bytes as Buffer, { mode: 0o600 });
      await rename(draft, path.join(this.folder, file));
      return `kept as ${file}`;
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      throw new MailRefused(`the folder cannot be written (${code})`, false, true);
    }
  }
}

/** @param pooled for many mails */
export const mailTransport = (
  { smtpUrl, mailDir }: Pick<Environment, 'smtpUrl' | 'mailDir'>,
  pooled = { pooled: false },
): MailTransport =>
  smtpUrl === undefined ? new FolderTransport(mailDir) : new SmtpTransport(smtpUrl, pooled);
