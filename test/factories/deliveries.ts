import type { INestApplicationContext } from '@nestjs/common';
import type { ParsedMail } from 'mailparser';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ledger } from '../e2e/ledger.js';
import type { Client } from '../setup/api.js';
import { MailServer } from '../setup/mail-server.js';
import { startWorker } from './telling.js';
import { World } from './world.js';

interface Delivery {
  readonly id: string;
  readonly channel: string;
  readonly status: string;
  readonly nth: number;
  readonly again: boolean;
  readonly reason: string | null;
  readonly dueAt: string;
  readonly settledAt: string | null;
  readonly attempts: readonly { n: number; outcome: string; answer: string | null }[];
}

interface Notice {
  readonly id: string;
  readonly event: string;
  readonly detail: string | null;
}

/** A delivery as the database has it, with the review that it tells of. */
interface Planned {
  readonly id: string;
  readonly review: string;
  readonly event: string;
  readonly channel: string;
  readonly status: string;
  readonly letter: string;
  readonly due: Date;
}

/** A house whose notices leave, to a real mail server. */
export class Leaving {
  #rests = false;

  private constructor(
    readonly world: World,
    readonly ledger: Ledger,
    readonly server: MailServer,
    readonly worker: INestApplicationContext,
    /** Everything that the worker has logged, as text. */
    readonly logged: () => string,
  ) {}

  static async build(now: string, settings: Record<string, string> = {}): Promise<Leaving> {
    const world = await World.build(now, { COMITY_WEBHOOK_TARGETS: 'any' });
    const ledger = await Ledger.open(world.api);
    const server = await MailServer.start();
    const environment = {
      COMITY_SMTP_URL: server.url,
      COMITY_MAIL_FROM: 'Comity <notices@comity.test>',
      COMITY_WEBHOOK_TARGETS: 'any',
      COMITY_KEYS: world.api.keysFile,
      ...settings,
    };
    let logged = '';
    const write = (line: string): void => void (logged += line);
    const worker = await startWorker(world, environment, { write });
    return new Leaving(world, ledger, server, worker, () => logged);
  }

  /** From here on nothing leaves. */
  async rest(): Promise<void> {
    if (this.#rests) return;
    this.#rests = true;
    await this.worker.close();
  }

  async stop(): Promise<void> {
    await this.rest();
    await this.server.down();
    await this.ledger.close();
    await this.world.stop();
  }

  /** Waits until it holds. */
  async until(holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      if (await holds()) return;
      await sleep(100);
    }
    throw new Error('it did not come to pass in 30 seconds');
  }

  /** Until everybody was told of everything, and nothing that is due is on its way. */
  settled(): Promise<void> {
    return this.until(async () => {
      const { left } = await this.ledger.row<{ left: number }>(
        `SELECT (SELECT count(*) FROM journal.pending)::int + (SELECT count(*) FROM identity.delivery
           WHERE settled_at IS NULL AND greatest(due_at, not_before) <= now())::int AS left`,
      );
      return left === 0;
    });
  }

  /** Until everybody was told of everything, whatever is on its way. */
  told(): Promise<void> {
    return this.until(
      async () => (await this.ledger.rows('SELECT FROM journal.pending')).length === 0,
    );
  }

  async notices(who: Client, event?: string): Promise<Notice[]> {
    const { body } = await who.get('/v1/notices', { limit: 200 }).expect(200);
    const { items } = body as { items: Notice[] };
    return items.filter((each) => event === undefined || each.event === event);
  }

  async deliveries(who: Client, notice: string): Promise<Delivery[]> {
    const { body } = await who.get(`/v1/notices/${notice}/deliveries`).expect(200);
    return (body as { items: Delivery[] }).items;
  }

  async address(who: Client): Promise<string> {
    const { body } = await who.get('/v1/me').expect(200);
    return (body as { email: string }).email;
  }

  /** The mails of notices that somebody got: those that speak of a review. */
  async mails(who: Client): Promise<ParsedMail[]> {
    const address = await this.address(who);
    return this.server.to(address).filter(({ headers }) => headers.has('list'));
  }

  /** What was ever planned for somebody, in the order of telling. */
  async planned(who: Client): Promise<Planned[]> {
    return this.ledger.rows<Planned>(
      `SELECT d.id, e.proceeding_id AS review, e.body::jsonb ->> 'what' AS event, d.channel, d.status, d.letter, d.due_at AS due
       FROM identity.delivery d JOIN identity.notice n ON n.id = d.notice_id
       JOIN journal.entry e ON e.id = n.entry_id JOIN identity.account a ON a.id = n.account_id
       WHERE a.email = $1 ORDER BY n.told_at, n.id, d.id`,
      [await this.address(who)],
    );
  }

  /** Says how somebody wishes to be told from now on. */
  async wish(who: Client, wishes: object): Promise<void> {
    const { body } = await who.get('/v1/notice-preferences').expect(200);
    const { version } = body as { version: number };
    await who.put('/v1/notice-preferences', wishes, { version }).expect(200);
  }

  /** Moves the dialogue of the only review of a session by a week, to 10 May 2027; or elsewhere. */
  async moveSession(number = 50, times: object = {}): Promise<void> {
    const { secretariat } = this.world;
    const { body } = await secretariat.get('/v1/sessions').expect(200);
    const { items } = body as { items: { id: string; number: number; version: number }[] };
    const { id, version } = items.find((each) => each.number === number)!;
    const slots = [
      {
        state: 'SVN',
        starts: '2027-05-10T09:00:00+02:00',
        ends: '2027-05-10T12:30:00+02:00',
        outcomeStarts: '2027-09-23T10:00:00+02:00',
        ...times,
      },
    ];
    const asked = { reason: 'The room is not to be had', slots };
    await secretariat.post(`/v1/sessions/${id}/reschedule`, asked, { version }).expect(200);
    await this.settled();
  }

  /** What waits for later is due now, as if it had waited for two days. */
  async hurry(): Promise<void> {
    await this.ledger.rows(
      `UPDATE identity.delivery SET due_at = now(), look_at = now(), not_before = NULL,
         queued_at = queued_at - interval '2 days' WHERE settled_at IS NULL`,
    );
    await this.settled();
  }
}
