import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Environment, loadEnvironment } from '../../src/config/environment.js';
import { Channels, type Channel, type Letter } from '../../src/modules/deliveries/index.js';
import { SendNoticeMail } from '../../src/modules/notice-mail/send-notice-mail.js';
import type { NoticeAnswer } from '../../src/modules/notices/index.js';
import { dataSource } from '../../src/platform/database/data-source.js';
import type { RateLimits } from '../../src/platform/limits/rate-limits.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { TestApi } from '../setup/api.js';
import { MailServer } from '../setup/mail-server.js';

export const noticeOf = (review: string, more: Partial<NoticeAnswer> = {}): NoticeAnswer => ({
  id: randomUUID(),
  event: 'document-published',
  title: 'Document published',
  detail: null,
  text: { subject: 'Slovenia: Document published', sentence: 'A document was published.' },
  urgency: 'normal',
  state: 'unread',
  proceeding: { id: review, mechanism: 'upr', state: 'SVN', test: false },
  at: '2027-01-10T09:00:00Z',
  entry: { compartment: 'case', n: 1 },
  link: `/v1/reviews/${review}`,
  toldAt: '2027-01-10T09:00:00Z',
  readAt: null,
  archivedAt: null,
  ...more,
});

export const letterTo = (
  accountId: string,
  notices: readonly NoticeAnswer[],
  more: Partial<Letter> = {},
): Letter => ({
  id: randomUUID(),
  accountId,
  target: null,
  attempt: 1,
  again: false,
  language: 'en',
  notices,
  ...more,
});

/** Hands a letter over, as whoever sends letters does. */
export async function handedTo(channel: Channel, letter: Letter): Promise<string> {
  const { hand } = await channel.prepare(letter);
  return hand();
}

/** As where limits are off. */
export const NO_LIMITS = { spare: () => Promise.resolve(0) } as unknown as RateLimits;

/** The channel of mail, as a worker has it, to a real server. */
export class LetterPost {
  private constructor(
    readonly server: MailServer,
    readonly channel: SendNoticeMail,
    readonly work: UnitOfWork,
    private readonly source: DataSource,
  ) {}

  static async open({ database, app }: TestApi): Promise<LetterPost> {
    const server = await MailServer.start();
    const source = await dataSource(database.workerUrl, [], 2).initialize();
    const work = new UnitOfWork(source, () => undefined);
    const environment = loadEnvironment({
      COMITY_SMTP_URL: server.url,
      COMITY_MAIL_FROM: 'Comity <notices@comity.test>',
      COMITY_URL: app.get(Environment).url,
    });
    return new LetterPost(
      server,
      new SendNoticeMail(work, environment, NO_LIMITS, new Channels()),
      work,
      source,
    );
  }

  /** Sends, and answers the mail that came. */
  async sent(letter: Letter) {
    const before = this.server.mails.length;
    await handedTo(this.channel, letter);
    const came = this.server.mails.slice(before);
    if (came.length !== 1) throw new Error(`${came.length} mails came`);
    return came[0]!;
  }

  async stop(): Promise<void> {
    this.channel.onApplicationShutdown();
    await this.source.destroy();
    await this.server.down();
  }
}
