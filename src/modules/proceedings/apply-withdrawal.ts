import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Logger } from 'pino';
import { CASE, secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import { LOG } from '../../platform/log/log.js';
import { Refused } from '../../platform/refused.js';
import { FILE_STORE, FileNotFound, type FileStore } from '../../platform/storage/file-store.js';
import { KeysUnusable } from '../../platform/vault/keys.js';
import { Vault } from '../../platform/vault/vault.js';
import { withdrawFromRecord, type WithdrawableKind } from '../record/index.js';
import { WithdrawalLedger } from './keep-ledger.js';
import type { Proceeding } from './proceedings.entity.js';
import { Parts } from './register-parts.js';
import { Withdrawal } from './withdrawals.entity.js';
import { keepSealed, recordBody, type SealedOriginal } from './withdrawals.repository.js';

/** Files to keep and to remove, when the transaction has been committed. */
export interface Aftermath {
  readonly sealed: readonly string[];
  readonly plain: readonly string[];
}

export interface Applied extends Omit<Withdrawal, 'kind'> {
  readonly kind: WithdrawableKind;
}

type Place = Pick<SealedOriginal, 'proceedingId' | 'withdrawalId'>;

/** Everything that a withdrawal brings about, in one transaction, as the procedure. */
@Injectable()
export class ApplyWithdrawal {
  constructor(
    private readonly parts: Parts,
    private readonly vault: Vault,
    private readonly ledger: WithdrawalLedger,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Masks the item in casework and in the record, seals what was there, and writes the ledger
   * last: what is in it may be applied again, what was refused is not in it.
   *
   * @throws Refused `unavailable` where there is no key to seal with
   */
  async apply(tx: Tx, { mechanism }: Proceeding, row: Applied): Promise<Aftermath> {
    const { id, proceedingId, kind, itemId, publicId, parts, at } = row;
    const place = { proceedingId, withdrawalId: id };
    await tx.insert(Withdrawal, row);
    const published = await recordBody(tx, kind, publicId);
    const item = { id: itemId, publicId };
    const { content, fileKeys } = await this.parts.withdrawable(kind).mask(tx, item, parts);
    const original = { kind, publicId, parts, published, content };
    const sealed = await this.seal(tx, place, { original, fileKeys });
    await withdrawFromRecord(tx, kind, publicId, { at, parts });
    await tx.rows('SELECT casework.forget_answers_about($1, $2)', [proceedingId, itemId]);
    await this.tell(tx, mechanism, row);
    const files = [...fileKeys];
    const entry = { id, at: at.toISOString(), kind, proceedingId, itemId, publicId, parts, files };
    await this.ledger.append(entry);
    return { sealed, plain: fileKeys };
  }

  /** When it has been committed. What fails here is mended by the sweep of files. */
  async finish({ sealed, plain }: Aftermath): Promise<void> {
    const done = await Promise.allSettled([
      ...sealed.map((key) => this.files.keep(key)),
      ...plain.map((key) => this.files.remove(key)),
    ]);
    for (const each of done) {
      if (each.status === 'rejected')
        this.log.error({ err: each.reason as Error }, 'file of a withdrawal');
    }
  }

  private async seal(
    tx: Tx,
    place: Place,
    { original, fileKeys }: { original: object; fileKeys: readonly string[] },
  ): Promise<string[]> {
    await this.sealOne(tx, place, Buffer.from(JSON.stringify(original)), async (content) => ({
      content,
    }));
    const kept: string[] = [];
    for (const key of fileKeys) {
      // Looked at again by the sweep, should this process not come to removing it.
      const doubt = `INSERT INTO casework.file_in_doubt VALUES ($1, 'epoch') ON CONFLICT DO NOTHING`;
      await tx.rows(doubt, [key]);
      const plain = await this.bytesOf(key);
      if (!plain) continue;
      await this.sealOne(tx, place, plain, async (sealed) => {
        const staged = await this.files.stage(Readable.from([sealed]), { maxBytes: Infinity });
        kept.push(staged.key);
        return { fileKey: staged.key };
      });
    }
    return kept;
  }

  private async sealOne(
    tx: Tx,
    place: Place,
    plain: Buffer,
    keep: (sealed: Buffer) => Promise<SealedOriginal['kept']>,
  ): Promise<void> {
    const id = randomUUID();
    try {
      const { seal, sealed } = await this.vault.seal(plain, { ...place, id });
      await keepSealed(tx, { id, ...place, seal, kept: await keep(sealed) });
    } catch (error) {
      if (!(error instanceof KeysUnusable)) throw error;
      this.log.fatal({ err: error }, 'nothing can be withdrawn: there is no key to seal with');
      throw new Refused('unavailable');
    }
  }

  /** After a restore of the database alone, the file is gone already. */
  private async bytesOf(key: string): Promise<Buffer | undefined> {
    try {
      return await buffer(await this.files.open(key));
    } catch (error) {
      if (error instanceof FileNotFound) return undefined;
      throw error;
    }
  }

  /** Everybody in the case is told what the record tells; the ground, the secretariat alone. */
  private async tell(tx: Tx, mechanism: string, row: Applied): Promise<void> {
    const { id, proceedingId, compartment, kind, publicId, parts, ground } = row;
    const by = ground === null ? 'platform' : 'secretariat';
    const what = ground === null ? 'withdrawn-again' : 'withdrawn';
    const told = { proceedingId, what, by, at: tx.now };
    await append(tx, { ...told, compartment: CASE, facts: { kind, publicId, parts } });
    const facts = { withdrawalId: id, ground, side: secretariatSide(mechanism) };
    await append(tx, { ...told, compartment, facts });
  }
}
