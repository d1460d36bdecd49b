import { Injectable } from '@nestjs/common';
import { CASE, deskOf, secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append, type EntryFacts } from '../../platform/journal/journal.js';
import { withdrawFromRecord, type WithdrawableKind } from '../record/index.js';
import { Engine } from './engine.service.js';
import { WithdrawalLedger } from './keep-ledger.js';
import type { Proceeding } from './proceedings.entity.js';
import { Parts, type ItemKnown, type Standing } from './register-parts.js';
import { SealOriginal, type Aftermath } from './seal-original.js';
import { Authorship, Withdrawal } from './withdrawals.entity.js';
import { recordBody } from './withdrawals.repository.js';

export interface Applied extends Omit<Withdrawal, 'kind'> {
  readonly kind: WithdrawableKind;
}

/** What is withdrawn: an item, what of it, and where it lies. */
interface Withdrawing {
  readonly standing: Standing;
  readonly item: Pick<ItemKnown, 'compartment'>;
  readonly row: Omit<Applied, 'published'>;
}

/** Everything that a withdrawal brings about, in one transaction, as the procedure. */
@Injectable()
export class ApplyWithdrawal {
  constructor(
    private readonly engine: Engine,
    private readonly parts: Parts,
    private readonly sealing: SealOriginal,
    private readonly ledger: WithdrawalLedger,
  ) {}

  /**
   * Masks the item in casework and in the record, and seals what was there. The ledger is written
   * last of all, right before the commit: what was refused or rolled back is not in it. Should the
   * process die between the two, the line stands for a withdrawal that was decided and not made;
   * after a restore it would be made, for of the two errors it is the one that endangers nobody.
   *
   * @throws Refused `unavailable` where there is no key to seal with
   */
  async apply(
    tx: Tx,
    { standing, item, row }: Withdrawing,
  ): Promise<{ readonly applied: Applied; readonly aftermath: Aftermath }> {
    const { id, proceedingId, kind, itemId, publicId, parts, at } = row;
    const place = { proceedingId, withdrawalId: id };
    const published = await recordBody(tx, kind, publicId);
    const applied: Applied = { ...row, published: published !== null };
    await tx.insert(Withdrawal, applied);
    const named = { id: itemId, publicId };
    const masked = await this.parts.withdrawable(kind).mask(tx, named, parts);
    const { content, fileKeys, author } = masked;
    if (author) await this.keepAuthor(tx, standing, { itemId, ...author });
    for (const follow of this.parts.followers) await follow(tx, { kind, itemId, parts });
    const original = { kind, publicId, parts, published, content, author };
    const sealed = await this.sealing.seal(tx, place, { original, fileKeys });
    await withdrawFromRecord(tx, kind, { id, publicId });
    await tx.rows('SELECT casework.forget_answers_about($1, $2, $3)', [
      proceedingId,
      itemId,
      publicId,
    ]);
    await this.tell(tx, standing.proceeding, { row: applied, item });
    const files = [...fileKeys];
    const entry = { id, at: at.toISOString(), kind, proceedingId, itemId, publicId, parts, files };
    tx.beforeCommit(() => this.ledger.append(entry));
    return { applied, aftermath: { sealed, plain: fileKeys } };
  }

  /** When it has been committed. */
  finish(aftermath: Aftermath): Promise<void> {
    return this.sealing.finish(aftermath);
  }

  /** Whose it was lies from now on in the desks of that side and of the secretariat. */
  private async keepAuthor(
    tx: Tx,
    standing: Standing,
    author: Omit<Authorship, 'compartment' | 'proceedingId'>,
  ): Promise<void> {
    const { id: proceedingId, mechanism } = standing.proceeding;
    const sides = new Set([author.side, author.filedBy, secretariatSide(mechanism)]);
    for (const side of sides) {
      await this.engine.joinSide(tx, standing, side);
      await tx.insert(Authorship, { ...author, proceedingId, compartment: deskOf(side) });
    }
  }

  /**
   * Everybody in the case is told what the record tells; of what was not published, those who see it
   * where it lies. The ground, the secretariat alone.
   */
  private async tell(
    tx: Tx,
    { mechanism }: Proceeding,
    { row, item }: { row: Applied; item: Withdrawing['item'] },
  ): Promise<void> {
    const { id, proceedingId, compartment, kind, itemId, publicId, published, parts, ground } = row;
    const by = ground === null ? 'platform' : 'secretariat';
    const what = ground === null ? 'withdrawn-again' : 'withdrawn';
    const told = { proceedingId, what, by, at: tx.now };
    const said = { kind, parts, ...(published ? { publicId } : { itemId }) } as EntryFacts;
    const where = published ? CASE : item.compartment;
    await append(tx, { ...told, compartment: where, facts: said });
    const facts = { withdrawalId: id, ground, side: secretariatSide(mechanism) };
    await append(tx, { ...told, compartment, facts });
  }
}
