import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Environment } from '../../config/environment.js';
import { StartRefused } from '../../config/start-refused.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Signer } from '../../platform/signing/signer.js';
import { KeysUnusable } from '../../platform/vault/keys.js';
import { signingKey } from './receipts.repository.js';

/** A filing without a receipt is none: a start looks whether the key is there that signs them. */
@Injectable()
export class CheckSigning implements OnApplicationBootstrap {
  constructor(
    private readonly work: UnitOfWork,
    private readonly signer: Signer,
    private readonly environment: Environment,
  ) {}

  /** @throws StartRefused where the file lacks the key that is published as the one that signs */
  async onApplicationBootstrap(): Promise<void> {
    const { signingKeysFile: file } = this.environment;
    const key = await this.work.system('start', signingKey);
    if (!key)
      throw new StartRefused('No signing key is published: run bootstrap, which makes one.');
    try {
      await this.signer.sign(key, '');
    } catch (error) {
      if (!(error instanceof KeysUnusable)) throw error;
      throw new StartRefused(
        `Receipts are signed with ${key.id}, which cannot be had from ${file}. Put back the file ` +
          'that belongs to this database, or go over to a new key (npm run rotate-signing-key).',
      );
    }
  }
}
