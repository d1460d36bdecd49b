import canonicalize from 'canonicalize';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { KEY_BYTES, readKeys } from './keys.js';

/**
 * How something was sealed: its own data key, wrapped by the master key of that id. A master
 * key that is replaced needs only the wrapping done anew. Everything is in base64.
 */
export interface Seal {
  readonly keyId: string;
  /** The data key under the master key: nonce, tag and ciphertext. */
  readonly wrapped: string;
  readonly nonce: string;
  readonly tag: string;
}

/** What is sealed belongs to these ids, and opens for no others. */
type SealContext = Readonly<Record<string, string>>;

type Opener = (seal: Seal, sealed: Buffer, context: SealContext) => Buffer;

/** Sealed under a master key that the keys file lacks: find the file that has it. */
export class UnknownKey extends Error {
  override readonly name = 'UnknownKey';

  constructor(readonly keyId: string) {
    super(`the keys file has no key ${keyId}`);
  }
}

/** Not what was sealed, or not in this place: changed, cut, or moved from elsewhere. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';

  constructor() {
    super('the seal is broken');
  }
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Envelope encryption: AES-256-GCM under a fresh data key for each thing, which itself is
 * wrapped by the current master key. The keys file is read at each use, so that a key that is
 * added counts at once, in every process.
 */
export class Vault {
  constructor(private readonly keysFile: string) {}

  /** @throws KeysUnusable where there is no master key to seal with */
  async seal(
    plain: Buffer,
    context: SealContext,
  ): Promise<{ readonly seal: Seal; readonly sealed: Buffer }> {
    const { current, keys } = await readKeys(this.keysFile);
    const dataKey = randomBytes(KEY_BYTES);
    const content = encrypt(dataKey, plain, about(context));
    const key = encrypt(keys.get(current)!, dataKey, about({ ...context, keyId: current }));
    const seal = {
      keyId: current,
      wrapped: Buffer.concat([key.nonce, key.tag, key.text]).toString('base64'),
      nonce: content.nonce.toString('base64'),
      tag: content.tag.toString('base64'),
    };
    return { seal, sealed: content.text };
  }

  /** @throws KeysUnusable, UnknownKey, SealBroken */
  async open(seal: Seal, sealed: Buffer, context: SealContext): Promise<Buffer> {
    const open = await this.opener();
    return open(seal, sealed, context);
  }

  /**
   * What opens many, with the keys that there are now.
   *
   * @returns throws UnknownKey, SealBroken
   * @throws KeysUnusable
   */
  async opener(): Promise<Opener> {
    const { keys } = await readKeys(this.keysFile);
    return (seal, sealed, context) => openWith(keys, seal, { sealed, context });
  }

  /**
   * Which of these ids the keys file has no key for.
   *
   * @throws KeysUnusable
   */
  async missing(keyIds: readonly string[]): Promise<string[]> {
    const { keys } = await readKeys(this.keysFile);
    return keyIds.filter((id) => !keys.has(id));
  }
}

function openWith(
  keys: ReadonlyMap<string, Buffer>,
  { keyId, ...seal }: Seal,
  { sealed, context }: { readonly sealed: Buffer; readonly context: SealContext },
): Buffer {
  const master = keys.get(keyId);
  if (!master) throw new UnknownKey(keyId);
  const wrapped = Buffer.from(seal.wrapped, 'base64');
  const key = {
    nonce: wrapped.subarray(0, NONCE_BYTES),
    tag: wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES),
    text: wrapped.subarray(NONCE_BYTES + TAG_BYTES),
  };
  const dataKey = decrypt(master, key, about({ ...context, keyId }));
  const nonce = Buffer.from(seal.nonce, 'base64');
  const tag = Buffer.from(seal.tag, 'base64');
  return decrypt(dataKey, { nonce, tag, text: sealed }, about(context));
}

interface Ciphertext {
  readonly nonce: Buffer;
  readonly tag: Buffer;
  readonly text: Buffer;
}

const about = (context: SealContext): Buffer => Buffer.from(canonicalize(context)!);

function encrypt(key: Buffer, plain: Buffer, aad: Buffer): Ciphertext {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(aad);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { nonce, tag: cipher.getAuthTag(), text };
}

/** @throws SealBroken */
function decrypt(key: Buffer, { nonce, tag, text }: Ciphertext, aad: Buffer): Buffer {
  try {
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv(CIPHER, key, nonce, options).setAAD(aad).setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]);
  } catch {
    throw new SealBroken();
  }
}
