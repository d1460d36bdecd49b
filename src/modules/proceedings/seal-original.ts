import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Logger } from 'pino';
import type { Tx } from '../../platform/database/tx.js';
import { LOG } from '../../platform/log/log.js';
import { Refused } from '../../platform/refused.js';
import { FILE_STORE, FileNotFound, type FileStore } from '../../platform/storage/file-store.js';
import { KeysUnusable } from '../../platform/vault/keys.js';
import { Vault } from '../../platform/vault/vault.js';
import { keepSealed, type SealedOriginal } from './withdrawals.repository.js';

/** Files to keep and to remove, when the transaction has been committed. */
export interface Aftermath {
  readonly sealed: readonly string[];
  readonly plain: readonly string[];
}

type Place = Pick<SealedOriginal, 'proceedingId' | 'withdrawalId'>;

/** Puts what was withdrawn under seal, and its files away. */
@Injectable()
export class SealOriginal {
  constructor(
    private readonly vault: Vault,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * As the procedure.
   *
   * @returns the keys of the sealed files, staged
   * @throws Refused `unavailable` where there is no key to seal with
   */
  async seal(
    tx: Tx,
    place: Place,
    { original, fileKeys }: { original: object; fileKeys: readonly string[] },
  ): Promise<string[]> {
    await this.sealOne(tx, place, Buffer.from(JSON.stringify(original)), async (content) => ({
      content,
    }));
    // Looked at again by the sweep, should this process not come to removing them.
    await tx.rows('SELECT casework.doubt_at_once($1)', [fileKeys]);
    const kept: string[] = [];
    for (const key of fileKeys) {
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
}
