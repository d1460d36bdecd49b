import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { Environment } from '../../config/environment.js';
import { StartRefused } from '../../config/start-refused.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { LOG } from '../../platform/log/log.js';
import { KeysUnusable } from '../../platform/vault/keys.js';
import { Vault } from '../../platform/vault/vault.js';
import { sealingKeys } from './withdrawals.repository.js';

/** Nobody notices a lost key until somebody needs it: a start looks whether all are there. */
@Injectable()
export class CheckSeals implements OnApplicationBootstrap {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly environment: Environment,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** @throws StartRefused where something is sealed under a key that the keys file lacks */
  async onApplicationBootstrap(): Promise<void> {
    const used = await this.work.system('start', sealingKeys);
    const missing = await this.vault.missing(used).catch((error: unknown) => {
      if (!(error instanceof KeysUnusable)) throw error;
      this.log.warn({ err: error }, 'nothing can be sealed, so nothing can be withdrawn');
      return used;
    });
    if (missing.length === 0) return;
    throw new StartRefused(
      `Something is sealed under keys that ${this.environment.keysFile} lacks: ` +
        `${missing.join(', ')}. Put back the keys file that belongs to this database.`,
    );
  }
}
