import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Beside the file, on disk whole, readable by this account alone. */
async function writeBeside(file: string, content: object): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  const fresh = `${file}.${randomUUID()}`;
  const handle = await open(fresh, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return fresh;
}

/**
 * Makes a file of secrets where there is none; one that is there is never touched, whatever is in it.
 *
 * @returns whether it was made
 */
export async function createSecret(file: string, content: object): Promise<boolean> {
  const fresh = await writeBeside(file, content);
  try {
    // Appears whole or not at all, and fails where somebody has made it meanwhile.
    await link(fresh, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(fresh);
  }
}

/** Puts another content in its place, whole or not at all. */
export async function replaceSecret(file: string, content: object): Promise<void> {
  await rename(await writeBeside(file, content), file);
}
