import { Injectable } from '@nestjs/common';
import { deskOf, secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { withdrawnOf, type WithdrawableKind } from '../record/index.js';
import { ApplyWithdrawal } from './apply-withdrawal.js';
import { Engine } from './engine.service.js';
import { WithdrawalLedger, type Departure, type LedgerEntry } from './keep-ledger.js';
import { Parts } from './register-parts.js';
import { lockProceeding } from './proceedings.repository.js';
import type { Aftermath } from './seal-original.js';
import { Withdrawal } from './withdrawals.entity.js';

export interface LedgerApplied {
  /** Withdrawals that the ledger has, and partners who left. */
  readonly known: number;
  /** Those that the database had lost, and has again. */
  readonly again: number;
  /** Those of which the database does not have the item: nothing of it can show. */
  readonly absent: number;
  /** Lines that could not be read. */
  readonly unreadable: number;
}

/** After a restore: what the ledger has and the database does not is withdrawn again. */
@Injectable()
export class ApplyLedger {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly parts: Parts,
    private readonly ledger: WithdrawalLedger,
    private readonly applying: ApplyWithdrawal,
  ) {}

  async run(): Promise<LedgerApplied> {
    const { entries, departures, unreadable } = await this.ledger.read();
    // One that was applied again has its second line: the first tells all that it does.
    const first = new Map(entries.toReversed().map((entry) => [entry.id, entry]));
    const counts = { there: 0, again: 0, absent: 0 };
    for (const entry of [...first.values()].toReversed()) {
      let aftermath: Aftermath | undefined;
      const became = await this.work.system('clock', async (tx) =>
        this.reapply(tx, entry, (left) => (aftermath = left)),
      );
      counts[became] += 1;
      if (aftermath) await this.applying.finish(aftermath);
    }
    for (const departure of departures) {
      counts[await this.work.system('clock', (tx) => this.departAgain(tx, departure))] += 1;
    }
    // Files of a backup that is older than the database.
    await this.applying.finish({ sealed: [], plain: entries.flatMap(({ files }) => files) });
    const { again, absent } = counts;
    return { known: first.size + departures.length, again, absent, unreadable };
  }

  private async departAgain(tx: Tx, departure: Departure): Promise<'there' | 'again' | 'absent'> {
    const proceeding = await lockProceeding(tx, departure.proceedingId);
    if (!proceeding) return 'absent';
    return tx.asProcedure(proceeding.id, () => this.parts.depart(tx, proceeding, departure));
  }

  private async reapply(
    tx: Tx,
    entry: LedgerEntry,
    finish: (aftermath: Aftermath) => void,
  ): Promise<'there' | 'again' | 'absent'> {
    const { id, proceedingId, itemId, at } = entry;
    const proceeding = await lockProceeding(tx, proceedingId);
    if (!proceeding) return 'absent';
    const kind = entry.kind as WithdrawableKind;
    const side = secretariatSide(proceeding.mechanism);
    return tx.asProcedure(proceedingId, async () => {
      if (await tx.findOne(Withdrawal, { id })) return 'there';
      const item = await this.parts.withdrawable(kind).find(tx, { proceedingId, id: itemId });
      if (!item) return 'absent';
      // Published anew since the restore, it has an id of its own in the record.
      const publicId = item.publicId ?? entry.publicId;
      const gone = (await withdrawnOf(tx, publicId))?.parts ?? [];
      const parts = entry.parts.filter((part) => !gone.includes(part));
      if (parts.length === 0) return 'there';
      const standing = await this.engine.standing(tx, proceedingId);
      await this.engine.joinSide(tx, standing, side);
      const unknown = { ground: null, reason: null };
      const place = { proceedingId, compartment: deskOf(side) };
      const row = { id, ...place, kind, itemId, publicId, parts, ...unknown, at: new Date(at) };
      finish((await this.applying.apply(tx, { standing, item, row })).aftermath);
      return 'again';
    });
  }
}
