import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { dueAt } from '../../kernel/telling.js';
import type { Tx } from '../../platform/database/tx.js';
import { LOG } from '../../platform/log/log.js';
import { isMailed, wishesOf, type Wishes } from '../notice-preferences/index.js';
import { Tellings, type Telling } from '../notices/index.js';
import { planDeliveries, toldOf, type Plan, type Told } from './deliveries.repository.js';

/** That somebody was told of something, in this way. */
type ToldOf = Told & Pick<Telling, 'urgency'>;

/**
 * How somebody who is told is reached beyond the inbox: planned in the transaction that tells. What they are
 * told of one act is mailed in one letter; webhooks are posted each notice by itself.
 */
@Injectable()
export class PlanDeliveries {
  constructor(
    tellings: Tellings,
    @Inject(LOG) private readonly log: Logger,
  ) {
    tellings.follow((tx, act) => this.plan(tx, act));
  }

  private async plan(tx: Tx, act: readonly Telling[]): Promise<void> {
    const now = new Date();
    const told: ToldOf[] = [];
    for (const { entryId, urgency } of act) {
      const each = await toldOf(tx, entryId);
      told.push(...each.map((one) => ({ ...one, urgency })));
    }
    const wishes = await wishesOf(
      tx,
      told.map(({ accountId }) => accountId),
    );
    const letters = new Map<string, string>();
    await planDeliveries(
      tx,
      told.flatMap((each) => [
        ...each.hooks.map((hook) => plan(each, 'webhook', { target: hook, at: now })),
        ...this.mailOf(each, wishes.get(each.accountId), now).map((mail) =>
          together(letters, each, mail),
        ),
      ]),
    );
  }

  /** Wishes that cannot be followed hold up nobody else: then it leaves at once. */
  private mailOf(told: ToldOf, wishes: Wishes | undefined, now: Date): Plan[] {
    if (!wishes || !isMailed(wishes, told)) return [];
    try {
      return [plan(told, 'mail', dueAt(wishes, told.urgency, now))];
    } catch (error) {
      this.log.error({ err: error, notice: told.noticeId }, 'wishes could not be followed');
      return [plan(told, 'mail', { at: now })];
    }
  }
}

function plan(
  { noticeId: notice }: Told,
  channel: Plan['channel'],
  { target = null, at, digest = false }: { target?: string | null; at: Date; digest?: boolean },
): Plan {
  const id = randomUUID();
  return { id, notice, channel, target, letter: id, digest, due: at.toISOString() };
}

/** Into the letter of what is as urgent for them, and due at the same instant. */
function together(letters: Map<string, string>, { accountId, urgency }: ToldOf, mail: Plan): Plan {
  const key = [accountId, urgency, mail.due].join(' ');
  const letter = letters.get(key) ?? mail.letter;
  letters.set(key, letter);
  return { ...mail, letter };
}
