import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { dueAt } from '../../kernel/telling.js';
import type { Tx } from '../../platform/database/tx.js';
import { LOG } from '../../platform/log/log.js';
import { isMailed, wishesOf, type Wishes } from '../notice-preferences/index.js';
import { Tellings, type Telling } from '../notices/index.js';
import { planDeliveries, toldOf, type Plan, type Told } from './deliveries.repository.js';

/** How somebody who is told is reached beyond the inbox: planned in the transaction that tells. */
@Injectable()
export class PlanDeliveries {
  constructor(
    tellings: Tellings,
    @Inject(LOG) private readonly log: Logger,
  ) {
    tellings.follow((tx, telling) => this.plan(tx, telling));
  }

  private async plan(tx: Tx, { entryId, urgency }: Telling): Promise<void> {
    const now = new Date();
    const told = await toldOf(tx, entryId);
    const wishes = await wishesOf(
      tx,
      told.map(({ accountId }) => accountId),
    );
    await planDeliveries(
      tx,
      told.flatMap((each) => [
        ...each.hooks.map((hook) => plan(each, 'webhook', { target: hook, at: now })),
        ...this.mailOf(each, wishes.get(each.accountId), { urgency, now }),
      ]),
    );
  }

  /** Wishes that cannot be followed hold up nobody else: then it leaves at once. */
  private mailOf(
    told: Told,
    wishes: Wishes | undefined,
    { urgency, now }: { readonly urgency: Telling['urgency']; readonly now: Date },
  ): Plan[] {
    if (!wishes || !isMailed(wishes, { event: told.event, urgency })) return [];
    try {
      return [plan(told, 'mail', dueAt(wishes, urgency, now))];
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
  return { id: randomUUID(), notice, channel, target, digest, due: at.toISOString() };
}
