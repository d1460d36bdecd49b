import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RateLimits } from '../../platform/limits/rate-limits.js';
import { Postponed, Undelivered, type Channel, type Letter } from '../deliveries/index.js';
import { judge, writeLetter } from './letters.rules.js';
import { PostLetter, Unreached, type Answer } from './post-letter.js';
import { SealSecret } from './seal-secret.js';
import * as webhooks from './webhooks.repository.js';
import type { Target } from './webhooks.repository.js';

/** Milliseconds until anything is tried again where nobody answered once, twice… */
const BACKOFF = [60_000, 300_000, 900_000, 3_600_000, 7_200_000];
/** Milliseconds for the one that is tried when that wait is over, before another may be. */
const TRIAL = 60_000;
/** After so long with nothing but failures, and at least so many, a webhook is switched off. */
const PATIENCE = { span: '72 hours', failures: 5 };

/** Posts letters to webhooks, signed after Standard Webhooks, and notes what came of it. */
@Injectable()
export class SendWebhook implements Channel {
  readonly name = 'webhook';

  constructor(
    private readonly work: UnitOfWork,
    private readonly secrets: SealSecret,
    private readonly poster: PostLetter,
    private readonly limits: RateLimits,
  ) {}

  async send(letter: Letter): Promise<string> {
    const id = letter.target!;
    const target = await this.targetOf(id, letter.accountId);
    const secrets = await Promise.all(target.secrets.map((each) => this.secrets.open(id, each)));
    const answer = await this.post(id, target, writeLetter(letter, secrets, new Date()));
    const { taken, gone, wait, told } = judge(answer, new Date());
    if (!taken) {
      await this.failed(id, wait, gone);
      throw new Undelivered(told, gone, false);
    }
    // It was taken, whatever becomes of this.
    if (target.failures > 0) {
      const noted = this.work.system('webhooks', (tx) => webhooks.taken(tx, id));
      await noted.catch(() => undefined);
    }
    return told;
  }

  /**
   * One attempt pays for all that wait while nobody answers there.
   *
   * @throws Undelivered where it is off
   * @throws Postponed where nothing is to be tried yet, or enough is for now
   */
  private async targetOf(id: string, accountId: string): Promise<Target> {
    const target = await webhooks.targetOf(this.work, { id, accountId }, TRIAL);
    if (!target) throw new Undelivered('the webhook is switched off', true, false);
    const until = target.waitsUntil === null ? 0 : Date.parse(target.waitsUntil);
    if (until > Date.now()) throw new Postponed(Math.ceil((until - Date.now()) / 1000));
    const wait = await this.limits.spare('webhook', new URL(target.url).host);
    if (wait > 0) throw new Postponed(wait);
    return target;
  }

  private async post(
    id: string,
    { url, failures }: Target,
    posted: ReturnType<typeof writeLetter>,
  ): Promise<Answer> {
    try {
      return await this.poster.post(url, posted);
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
      await this.failed(id, BACKOFF[Math.min(failures, BACKOFF.length - 1)]!, false);
      throw new Undelivered(error.message, false, true);
    }
  }

  private async failed(id: string, wait: number | null, gone: boolean): Promise<void> {
    await this.work.system('webhooks', (tx) =>
      webhooks.failed(tx, id, { wait, gone, patience: PATIENCE }),
    );
  }
}
