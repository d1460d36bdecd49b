import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { createSecret } from './secret-file.js';

export const KEY_BYTES = 32;

const fileSchema = z.strictObject({
  current: z.string().min(1),
  keys: z.record(z.string(), z.base64()),
});

/** The master keys by their ids, and the one that seals from now on; the others only open. */
interface KeyRing {
  readonly current: string;
  readonly keys: ReadonlyMap<string, Buffer>;
}

/** The keys cannot be had. The message names the file and what is wrong, never a key. */
export class KeysUnusable extends Error {
  override readonly name = 'KeysUnusable';
}

/**
 * What a file of keys says.
 *
 * @param shape in words, for whoever has to mend the file
 * @throws KeysUnusable where it is missing, or has not this shape
 */
export async function readKeysFile<T>(
  file: string,
  schema: z.ZodType<T>,
  shape: string,
): Promise<T> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = missing ? 'there is no such file' : 'it cannot be read';
    throw new KeysUnusable(`keys file ${file}: ${why}`);
  }
  const parsed = schema.safeParse(asJson(text));
  if (!parsed.success) throw new KeysUnusable(`keys file ${file}: not ${shape}`);
  return parsed.data;
}

/** @throws KeysUnusable where the file is missing, or is not what it should be */
export async function readKeys(file: string): Promise<KeyRing> {
  const shape = '{"current": id, "keys": {id: base64}}';
  const { current, ...said } = await readKeysFile(file, fileSchema, shape);
  const keys = new Map(
    Object.entries(said.keys).map(([id, key]) => [id, Buffer.from(key, 'base64')]),
  );
  const short = [...keys].filter(([, key]) => key.length !== KEY_BYTES).map(([id]) => id);
  if (short.length > 0) {
    throw new KeysUnusable(`keys file ${file}: not of ${KEY_BYTES} bytes: ${short.join(', ')}`);
  }
  if (!keys.has(current)) throw new KeysUnusable(`keys file ${file}: it has no key ${current}`);
  return { current, keys };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Makes the file with one fresh key, readable by this account alone, where there is none.
 * One that is there is never touched, whatever is in it: a key that is lost cannot be made again.
 *
 * @returns whether it was made
 */
export async function ensureKeys(file: string): Promise<boolean> {
  const id = `k-${randomUUID()}`;
  return createSecret(file, {
    current: id,
    keys: { [id]: randomBytes(KEY_BYTES).toString('base64') },
  });
}
