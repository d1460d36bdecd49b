import { Postponed, Undelivered, type Letter } from '../../src/modules/deliveries/index.js';
import { PostLetter } from '../../src/modules/webhooks/post-letter.js';
import { SealSecret } from '../../src/modules/webhooks/seal-secret.js';
import { SendWebhook } from '../../src/modules/webhooks/send-webhook.js';
import { dataSource } from '../../src/platform/database/data-source.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { Vault } from '../../src/platform/vault/vault.js';
import { Ledger } from '../e2e/ledger.js';
import type { Client } from '../setup/api.js';
import { Receiver } from '../setup/receiver.js';
import { letterTo, makeWebhook, type MadeWebhook } from './webhooks.js';
import { handedTo, NO_LIMITS } from './letters.js';
import { World } from './world.js';

/** Milliseconds that a letter has here. */
const WHOLE = 1500;

/** Nothing was tried. */
export const WAITS = { answer: 'it waits', forGood: false, unreached: false };

/** The worker's way of posting, as the worker's role, run when a test says so; to real servers. */
export class Posting {
  readonly #stops: (() => Promise<void>)[] = [];

  private constructor(
    readonly world: World,
    readonly ledger: Ledger,
    /** Whose webhooks they are. */
    readonly owner: Client,
    readonly accountId: string,
    readonly sender: SendWebhook,
  ) {}

  static async open(): Promise<Posting> {
    const world = await World.build(undefined, { COMITY_WEBHOOK_TARGETS: 'any' });
    const { api } = world;
    const ledger = await Ledger.open(api);
    const owner = await world.delegation('SVN');
    const { accountId } = (await owner.get('/v1/me').expect(200)).body as { accountId: string };
    const source = await dataSource(api.database.workerUrl, [], 4).initialize();
    const poster = new PostLetter('any', { whole: WHOLE });
    const work = new UnitOfWork(source, () => undefined);
    const secrets = new SealSecret(new Vault(api.keysFile));
    const sender = new SendWebhook(work, secrets, poster, NO_LIMITS);
    const posting = new Posting(world, ledger, owner, accountId, sender);
    posting.#stops.push(async () => {
      poster.close();
      await source.destroy();
      await ledger.close();
      await world.stop();
    });
    return posting;
  }

  async receiver(): Promise<Receiver> {
    const receiver = await Receiver.start();
    this.#stops.push(() => receiver.down());
    return receiver;
  }

  webhook(url: string): Promise<MadeWebhook> {
    return makeWebhook(this.owner, url);
  }

  send({ id }: MadeWebhook, more: Partial<Letter> = {}): Promise<string> {
    return handedTo(this.sender, letterTo(id, this.accountId, more));
  }

  /** How a letter was not taken. */
  async refused(made: MadeWebhook) {
    const error: unknown = await this.send(made).catch((caught: unknown) => caught);
    if (error instanceof Postponed) return WAITS;
    if (!(error instanceof Undelivered)) throw error instanceof Error ? error : new Error('taken');
    const { answer, forGood, unreached } = error;
    return { answer, forGood, unreached };
  }

  /** As its owner sees it. */
  async seen({ id }: MadeWebhook): Promise<Record<string, unknown>> {
    const { body } = await this.owner.get(`/v1/webhooks/${id}`).expect(200);
    return body as Record<string, unknown>;
  }

  /** Minutes until something is tried there again. */
  async waits(made: MadeWebhook): Promise<number> {
    const { retryAt } = await this.seen(made);
    return Math.round((new Date(retryAt as string).getTime() - Date.now()) / 60_000);
  }

  /** Time passes: the wait is over, and the failures began so many hours ago. */
  async later({ id }: MadeWebhook, hours = 1): Promise<void> {
    await this.ledger.rows(
      `UPDATE identity.webhook SET retry_at = now() - interval '1 second',
         failing_since = now() - $2 * interval '1 hour' WHERE id = $1`,
      [id, hours],
    );
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.toReversed()) await stop();
  }
}
