import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RateLimits } from '../../platform/limits/rate-limits.js';
import {
  Postponed,
  Undelivered,
  type Channel,
  type Letter,
  type Ready,
} from '../deliveries/index.js';
import { judge, writeLetter } from './letters.rules.js';
import { PostLetter, Unreached, type Answer } from './post-letter.js';
import { SealSecret } from './seal-secret.js';
import * as webhooks from './webhooks.repository.js';
import type { Webhook } from './webhooks.entity.js';
import type { Target } from './webhooks.repository.js';

/** Milliseconds until anything is tried again where nobody answered once, twice… */
const BACKOFF = [60_000, 300_000, 900_000, 3_600_000, 7_200_000];
/** Milliseconds for the one that is tried when that wait is over, before another may be. */
const TRIAL = 60_000;
/** After so long with nothing but failures, and at least so many, a webhook is switched off. */
const PATIENCE = { span: '72 hours', failures: 5 };

type Wanted = Pick<Webhook, 'id' | 'accountId'>;
type OpenTarget = Omit<Target, 'secrets'> & { readonly secrets: readonly string[] };

/** Posts letters to webhooks, signed after Standard Webhooks, and notes what came of it. */
@Injectable()
export class SendWebhook implements Channel {
  readonly name = 'webhook';
  /** Those of one job are looked up together, each anew. */
  readonly #targets = new DataLoader((wanted: readonly Wanted[]) => this.targetsOf(wanted), {
    cache: false,
  });
  /** When each that fails did so last, here. */
  readonly #failedAt = new Map<string, number>();

  constructor(
    private readonly work: UnitOfWork,
    private readonly secrets: SealSecret,
    private readonly poster: PostLetter,
    private readonly limits: RateLimits,
  ) {}

  /**
   * One attempt pays for all that wait while nobody answers there.
   *
   * @throws Undelivered where it is off
   * @throws Postponed where nothing is to be tried yet
   */
  async prepare(letter: Letter): Promise<Ready> {
    const { target: id, accountId } = letter;
    const target = await this.#targets.load({ id: id!, accountId });
    if (!target) throw new Undelivered('the webhook is switched off', true, false);
    const until = target.waitsUntil === null ? 0 : Date.parse(target.waitsUntil);
    if (until > Date.now()) throw new Postponed(Math.ceil((until - Date.now()) / 1000));
    const { host } = new URL(target.url);
    const prepared = Date.now();
    return {
      place: host,
      hand: () => {
        // What failed while this waited is known by now: it is asked again whether to try.
        if ((this.#failedAt.get(id!) ?? 0) >= prepared) throw new Postponed(1);
        return this.hand(letter, target, host);
      },
      giveBack: () => this.untried(id!, target.failures),
    };
  }

  private async hand(letter: Letter, target: OpenTarget, host: string): Promise<string> {
    const wait = await this.limits.spare('webhook', host);
    if (wait > 0) throw new Postponed(wait);
    const id = letter.target!;
    const answer = await this.post(id, target, writeLetter(letter, target.secrets, new Date()));
    const { taken, gone, wait: asked, told } = judge(answer, new Date());
    if (!taken) {
      await this.failed(id, { seen: target.failures, wait: asked, gone });
      throw new Undelivered(told, gone, false);
    }
    this.#failedAt.delete(id);
    // It was taken, whatever becomes of this.
    if (target.failures > 0) {
      const noted = this.work.system('webhooks', (tx) => webhooks.taken(tx, id));
      await noted.catch(() => undefined);
    }
    return told;
  }

  /** Where nobody answered, it had been let through: the next may be, instead of it. */
  private async untried(id: string, seen: number): Promise<void> {
    if (seen > 0) await this.work.system('webhooks', (tx) => webhooks.untried(tx, id, seen));
  }

  /** One whose secrets cannot be opened holds up no other. */
  private async targetsOf(wanted: readonly Wanted[]): Promise<(OpenTarget | null | Error)[]> {
    const targets = await webhooks.targetsOf(this.work, wanted, TRIAL);
    const open = await this.secrets.opener();
    return targets.map((target, at) => {
      if (!target) return null;
      try {
        const secrets = target.secrets.map((each) => open(wanted[at]!.id, each));
        return { ...target, secrets };
      } catch (error) {
        return error as Error;
      }
    });
  }

  private async post(
    id: string,
    { url, failures }: OpenTarget,
    posted: ReturnType<typeof writeLetter>,
  ): Promise<Answer> {
    try {
      return await this.poster.post(url, posted);
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
      const wait = BACKOFF[Math.min(failures, BACKOFF.length - 1)]!;
      await this.failed(id, { seen: failures, wait, gone: false });
      throw new Undelivered(error.message, false, true);
    }
  }

  private async failed(
    id: string,
    failure: { readonly seen: number; readonly wait: number | null; readonly gone: boolean },
  ): Promise<void> {
    this.#failedAt.set(id, Date.now());
    await this.work.system('webhooks', (tx) =>
      webhooks.failed(tx, id, { ...failure, patience: PATIENCE }),
    );
  }
}
