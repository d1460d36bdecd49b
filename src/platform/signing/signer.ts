import { sign } from 'node:crypto';
import { KeysUnusable } from '../vault/keys.js';
import { privateKeyOf, publicPartOf, readSigningKeys } from './signing-keys.js';

/** A key as everybody may look it up. */
export interface PublishedKey {
  readonly id: string;
  /** Base64 of SubjectPublicKeyInfo in DER. */
  readonly publicKey: string;
}

/**
 * Signs with Ed25519. Which key signs is not the file's to say but the publication's: nothing is
 * signed with a key that nobody could look up. The file is read at each use, so that a key that is
 * added counts at once, in every process.
 */
export class Signer {
  constructor(private readonly keysFile: string) {}

  /**
   * @returns the signature in base64
   * @throws KeysUnusable where the file has not this key
   */
  async sign({ id, publicKey }: PublishedKey, content: string): Promise<string> {
    const { keys } = await readSigningKeys(this.keysFile);
    const key = keys[id] && privateKeyOf(keys[id].seed);
    if (!key || publicPartOf(key) !== publicKey) {
      throw new KeysUnusable(`keys file ${this.keysFile}: it has no key ${id} as it is published`);
    }
    return sign(null, Buffer.from(content), key).toString('base64');
  }
}
