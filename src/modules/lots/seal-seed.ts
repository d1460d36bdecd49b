import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { SEED_BYTES } from '../../kernel/lots.js';
import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import { usable } from '../../platform/vault/usable.js';
import { Vault } from '../../platform/vault/vault.js';
import type { Lot } from './lots.entity.js';
import { keepSeed, openSeed } from './lots.repository.js';

type Sealed = Pick<Lot, 'id' | 'proceedingId'>;

/**
 * Seeds of lots, from the announcement to the draw. In between nobody reads one: it lies under
 * envelope encryption in a table that no role has rights to, and is handed out once, by one
 * function, with the public value that is written down with it.
 */
@Injectable()
export class SealSeed {
  constructor(private readonly vault: Vault) {}

  make(): Buffer {
    return randomBytes(SEED_BYTES);
  }

  /**
   * As the procedure. The seed itself is gone when it comes back.
   *
   * @throws Refused `unavailable` where there is no key to seal with
   */
  async keep(tx: Tx, { id, proceedingId }: Sealed, seed: Buffer): Promise<void> {
    const sealed = await usable(this.vault.seal(seed, { proceedingId, lotId: id }));
    seed.fill(0);
    await keepSeed(tx, id, sealed);
  }

  /**
   * As the procedure.
   *
   * @throws Refused `unavailable` where the key that it was sealed with is missing
   */
  async open(tx: Tx, { id, proceedingId }: Sealed, publicValue: string): Promise<Buffer> {
    const { seal, content } = found(await openSeed(tx, id, publicValue));
    return usable(this.vault.open(seal, content, { proceedingId, lotId: id }));
  }
}
