import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Tx } from '../../platform/database/tx.js';
import { Tellings, type Telling } from '../notices/index.js';
import { planDeliveries, toldOf } from './deliveries.repository.js';

/** How somebody who is told is reached beyond the inbox: planned in the transaction that tells. */
@Injectable()
export class PlanDeliveries {
  constructor(tellings: Tellings) {
    tellings.follow((tx, telling) => this.plan(tx, telling));
  }

  private async plan(tx: Tx, { entryId }: Telling): Promise<void> {
    const due = new Date().toISOString();
    const told = await toldOf(tx, entryId);
    await planDeliveries(
      tx,
      told.map(({ noticeId: notice }) => {
        const id = randomUUID();
        return { id, notice, channel: 'mail' as const, target: null, letter: id, due };
      }),
    );
  }
}
