import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { dueAt } from '../../kernel/telling.js';
import type { Tx } from '../../platform/database/tx.js';
import { isMailed, wishesOf, type Wishes } from '../notice-preferences/index.js';
import { Tellings, type Telling } from '../notices/index.js';
import { planDeliveries, toldOf, type Plan, type Told } from './deliveries.repository.js';

/** How somebody who is told is reached beyond the inbox: planned in the transaction that tells. */
@Injectable()
export class PlanDeliveries {
  constructor(tellings: Tellings) {
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
        ...mailOf(each, wishes.get(each.accountId)!, { urgency, now }),
      ]),
    );
  }
}

function plan(
  { noticeId: notice }: Told,
  channel: Plan['channel'],
  { target = null, at, letter }: { target?: string | null; at: Date; letter?: string },
): Plan {
  const id = randomUUID();
  return { id, notice, channel, target, letter: letter ?? id, due: at.toISOString() };
}

/** What waits for the same digest of the same person leaves in one letter. */
function mailOf(
  told: Told,
  wishes: Wishes,
  { urgency, now }: { readonly urgency: Telling['urgency']; readonly now: Date },
): Plan[] {
  if (!isMailed(wishes, { event: told.event, urgency })) return [];
  const { at, digest } = dueAt(wishes, urgency, now);
  return [plan(told, 'mail', { at, ...(digest && { letter: digestOf(told.accountId, at) }) })];
}

/** The same for one person and one instant, whoever plans it. */
function digestOf(accountId: string, at: Date): string {
  const hex = createHash('sha256')
    .update(`digest\n${accountId}\n${at.toISOString()}`)
    .digest('hex');
  // As RFC 9562 has it of what somebody made by rules of their own.
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join('-');
}
