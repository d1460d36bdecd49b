import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import { usable } from '../../platform/vault/usable.js';
import { Vault } from '../../platform/vault/vault.js';
import type { Communicant } from './intake.entity.js';
import { keepName, ownNames } from './intake.repository.js';

const sealed = z.strictObject({ name: z.string(), contact: z.string().nullable() });
type Named = z.infer<typeof sealed>;
type Whose = Pick<Communicant, 'id' | 'proceedingId'>;

/**
 * Names of those who asked that nobody learn them. They are encrypted before they are written, into a
 * table that no role has rights to.
 */
@Injectable()
export class SealNames {
  constructor(private readonly vault: Vault) {}

  /** @throws Refused `unavailable` where there is no key to seal with */
  async keep(tx: Tx, { id, proceedingId }: Whose, named: Named): Promise<void> {
    const plain = Buffer.from(JSON.stringify(named));
    const { seal, sealed: content } = await usable(
      this.vault.seal(plain, { proceedingId, communicantId: id }),
    );
    plain.fill(0);
    await keepName(tx, { communicantId: id, seal, content });
  }

  /**
   * The names in a form that the viewer prepares, by the ids of those whose they are; none for anybody
   * else.
   *
   * @throws Refused `unavailable` where the key that they were sealed with is missing
   */
  async own(tx: Tx, proceedingId: string): Promise<ReadonlyMap<string, Named>> {
    const names = new Map<string, Named>();
    for (const { communicantId, seal, content } of await ownNames(tx, proceedingId)) {
      const plain = await usable(this.vault.open(seal, content, { proceedingId, communicantId }));
      names.set(communicantId, found(sealed.parse(JSON.parse(plain.toString('utf8')))));
    }
    return names;
  }
}
