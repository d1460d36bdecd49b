import { expect } from '@jest/globals';
import type { ParsedMail } from 'mailparser';
import type { DataSource } from 'typeorm';
import { Environment } from '../../src/config/environment.js';
import { dataSource } from '../../src/platform/database/data-source.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { LOG } from '../../src/platform/log/log.js';
import { MailKinds } from '../../src/platform/mail/mail-kinds.js';
import { SmtpTransport, type MailTransport } from '../../src/platform/mail/mail-transport.js';
import { MailOutbox, type OutboxParts } from '../../src/platform/mail/outbox.js';
import type { TestApi } from '../setup/api.js';
import { MailServer } from '../setup/mail-server.js';

/** The worker's way of sending, run when a test says so, to a real server. */
export class Post {
  private constructor(
    readonly server: MailServer,
    private readonly source: DataSource,
    private readonly parts: OutboxParts,
  ) {}

  static async open({ app, database }: TestApi): Promise<Post> {
    const server = await MailServer.start();
    const source = await dataSource(database.workerUrl, [], 2).initialize();
    const work = new UnitOfWork(source, () => undefined);
    const transport = new SmtpTransport(server.url);
    const environment = app.get(Environment);
    const parts = { work, kinds: app.get(MailKinds), transport, environment, log: app.get(LOG) };
    return new Post(server, source, parts);
  }

  /** Another that sends on the same outbox, with some parts of its own. */
  outbox(parts: { work?: UnitOfWork; transport?: MailTransport } = {}): MailOutbox {
    return new MailOutbox({ ...this.parts, ...parts });
  }

  get work(): UnitOfWork {
    return this.parts.work;
  }
  get transport(): MailTransport {
    return this.parts.transport;
  }

  /** Sends all that is due; answers what came to the address. */
  async deliver(address = ''): Promise<ParsedMail[]> {
    const before = this.server.mails.length;
    await this.outbox().sendDue();
    const came = this.server.mails.slice(before);
    return this.server.to(address).filter((mail) => came.includes(mail));
  }

  /** Sends, and answers the token of the one mail that came to the address. */
  async token(address: string): Promise<string> {
    const mails = await this.deliver(address);
    expect(mails).toHaveLength(1);
    return tokenOf(mails[0]!);
  }

  async stop(): Promise<void> {
    await this.source.destroy();
    await this.server.down();
  }
}

export const tokenOf = ({ text }: ParsedMail): string => /\bcm_[\w-]{43}\b/.exec(text ?? '')![0];
