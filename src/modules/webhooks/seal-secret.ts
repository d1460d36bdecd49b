import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { Tx } from '../../platform/database/tx.js';
import { Refused } from '../../platform/refused.js';
import { KeysUnusable } from '../../platform/vault/keys.js';
import { Vault } from '../../platform/vault/vault.js';
import { SECRET_BYTES, writeSecret } from './letters.rules.js';
import { keepSecret, type SealedSecret } from './webhooks.repository.js';

/** Secrets of webhooks: shown once, then under seal, and opened by the worker to sign with. */
@Injectable()
export class SealSecret {
  constructor(private readonly vault: Vault) {}

  /**
   * Makes a secret, which signs from now on.
   *
   * @param overlap for how long the one before signs too; null ends it at once
   * @returns the secret, this once
   * @throws Refused `unavailable` where there is no key to seal with
   */
  async make(tx: Tx, webhookId: string, overlap: string | null): Promise<string> {
    const secret = writeSecret(randomBytes(SECRET_BYTES));
    const sealed = await this.vault
      .seal(Buffer.from(secret), { webhookId })
      .catch((error: unknown) => {
        throw error instanceof KeysUnusable ? new Refused('unavailable') : error;
      });
    await keepSecret(tx, webhookId, { ...sealed, overlap });
    return secret;
  }

  /**
   * What opens secrets, with the keys that there are now.
   *
   * @returns throws UnknownKey, SealBroken
   * @throws KeysUnusable
   */
  async opener(): Promise<(webhookId: string, secret: SealedSecret) => string> {
    const open = await this.vault.opener();
    return (webhookId, { seal, content }) =>
      open(seal, Buffer.from(content, 'base64'), { webhookId }).toString();
  }
}
