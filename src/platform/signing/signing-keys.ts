import { createPrivateKey, createPublicKey, randomBytes, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { readKeysFile } from '../vault/keys.js';
import { createSecret, replaceSecret } from '../vault/secret-file.js';

const SEED_BYTES = 32;
/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410, section 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
/**
 * A filing is dated by its arrival and signed when it is committed: validities overlap by an hour, so
 * that what arrives under one key and is signed with the next holds.
 */
const OVERLAP = 3_600_000;

const instant = z.iso.datetime();
const keySchema = z.strictObject({
  /** Base64 of the 32 bytes that an Ed25519 key is made of. */
  seed: z.base64().refine((seed) => Buffer.from(seed, 'base64').length === SEED_BYTES),
  from: instant,
  until: instant.optional(),
  /** Since when nothing is believed that it signed. */
  revoked: instant.optional(),
});
const fileSchema = z
  .strictObject({ current: z.string().min(1), keys: z.record(z.string(), keySchema) })
  // All have ended but one, which signs.
  .refine(({ current, keys }) => {
    const open = Object.keys(keys).filter((id) => keys[id]!.until === undefined);
    return open.length === 1 && open[0] === current && keys[current]!.revoked === undefined;
  });
const SHAPE = '{"current": id, "keys": {id: {"seed": base64, "from": instant}}}, all ended but one';

type SigningKey = z.infer<typeof keySchema>;
/** The keys by their ids, and the one that signs from now on. */
export type SigningKeys = z.infer<typeof fileSchema>;

/** @throws KeysUnusable where the file is missing, or is not what it should be */
export const readSigningKeys = (file: string): Promise<SigningKeys> =>
  readKeysFile(file, fileSchema, SHAPE);

function freshKey(from: Date): [id: string, key: SigningKey] {
  const seed = randomBytes(SEED_BYTES).toString('base64');
  return [`s-${randomUUID()}`, { seed, from: from.toISOString() }];
}

/**
 * Makes the file with one fresh key where there is none; one that is there is never touched.
 *
 * @returns whether it was made
 */
export function ensureSigningKeys(file: string): Promise<boolean> {
  const [id, key] = freshKey(new Date(Date.now() - OVERLAP));
  return createSecret(file, { current: id, keys: { [id]: key } });
}

/**
 * Adds a fresh key, which signs from now on; the one before stays, to be published for ever. Nothing
 * is signed with the new one before it is published.
 *
 * @param revoke whether nothing is to be believed any more that the one before has signed
 * @returns the file as it is now
 * @throws KeysUnusable
 */
export async function addSigningKey(file: string, { revoke = false } = {}): Promise<SigningKeys> {
  const { current, keys } = await readSigningKeys(file);
  const now = Date.now();
  const ended = revoke
    ? { until: new Date(now).toISOString(), revoked: new Date(now).toISOString() }
    : { until: new Date(now + OVERLAP).toISOString() };
  const [id, key] = freshKey(new Date(now - OVERLAP));
  const after = {
    current: id,
    keys: { ...keys, [current]: { ...keys[current]!, ...ended }, [id]: key },
  };
  await replaceSecret(file, after);
  return after;
}

export const privateKeyOf = (seed: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([PKCS8, Buffer.from(seed, 'base64')]),
    format: 'der',
    type: 'pkcs8',
  });

/** As it is published: base64 of SubjectPublicKeyInfo (RFC 8410) in DER. */
export const publicPartOf = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
