import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  type ByteRange,
  FileNotFound,
  type FileStore,
  FileTooLarge,
  MalformedFileKey,
  type StagedFile,
} from './file-store.js';

type Area = 'staged' | 'kept';

const KEY = /^[\w-]{43}$/;
/** A file that is still being written bears its key and this. */
const PARTIAL = '.part';

/** What the use of a file answers, or nothing where there is no such file. */
async function unlessMissing<T>(use: Promise<T>): Promise<T | undefined> {
  try {
    return await use;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes the names in a folder last through a loss of power, as `sync` does a file's content. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * Files in a local folder: `staged/` and `kept/`, each in folders of the first two
 * characters of the key. A file appears under its name only when it is whole and on disk;
 * only the account that runs the process may read it.
 */
export class FolderStore implements FileStore {
  constructor(private readonly root: string) {}

  async stage(source: Readable, limits: { readonly maxBytes: number }): Promise<StagedFile> {
    // It may break off before the file is open; the iteration reports it then.
    source.on('error', () => undefined);
    const hash = createHash('sha256');
    let bytes = 0;
    const key = await this.write(async (file) => {
      // The source is the caller's to end: over a limit there is an answer to be sent on it.
      for await (const chunk of source.iterator({ destroyOnReturn: false })) {
        const content: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
        bytes += content.length;
        if (bytes > limits.maxBytes) throw new FileTooLarge(limits.maxBytes);
        hash.update(content);
        await file.writeFile(content);
      }
    });
    return { key, bytes, sha256: hash.digest('hex') };
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const file = await this.find(key, (path) => open(path, constants.O_RDONLY));
    try {
      const { size } = await file.stat();
      const { start = 0, end = Infinity } = range ?? {};
      const whole = [start, Math.min(end, size)].every(Number.isInteger);
      if (range && !(whole && start >= 0 && start <= end && start < size)) {
        throw new RangeError(`no bytes from ${start} to ${end} among ${size}`);
      }
      return file.createReadStream({ start, end });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async size(key: string): Promise<number> {
    return (await this.find(key, (path) => stat(path))).size;
  }

  async keep(key: string): Promise<void> {
    const [from, to] = [this.path('staged', key), this.path('kept', key)];
    await this.makeFolderOf(to);
    const moved = await unlessMissing(rename(from, to).then(() => true));
    if (moved) await syncFolder(dirname(to));
    else await this.size(key);
  }

  async copy(key: string): Promise<string> {
    return this.write(async (file) => {
      for await (const chunk of await this.open(key)) await file.writeFile(chunk as Buffer);
    });
  }

  async remove(key: string): Promise<void> {
    await this.discard(key);
    await rm(this.path('kept', key), { force: true });
  }

  async discard(key: string): Promise<void> {
    const path = this.path('staged', key);
    await rm(path, { force: true });
    await rm(path + PARTIAL, { force: true });
  }

  async *staged(olderThan: Date): AsyncIterable<string> {
    const area = join(this.root, 'staged');
    for (const shard of (await unlessMissing(readdir(area))) ?? []) {
      for (const file of (await unlessMissing(readdir(join(area, shard)))) ?? []) {
        const key = basename(file, PARTIAL);
        const found = await unlessMissing(stat(join(area, shard, file)));
        if (found && found.mtime < olderThan && KEY.test(key)) yield key;
      }
    }
  }

  private path(area: Area, key: string): string {
    if (!KEY.test(key)) throw new MalformedFileKey();
    return join(this.root, area, key.slice(0, 2), key);
  }

  /** In this order: a file that is kept at this moment is found in the second place. */
  private async find<T>(key: string, use: (path: string) => Promise<T>): Promise<T> {
    for (const area of ['staged', 'kept'] as const) {
      const found = await unlessMissing(use(this.path(area, key)));
      if (found !== undefined) return found;
    }
    throw new FileNotFound();
  }

  /** Writes a new staged file, first beside its place; what fails leaves nothing there. */
  private async write(fill: (file: FileHandle) => Promise<void>): Promise<string> {
    const key = randomBytes(32).toString('base64url');
    const path = this.path('staged', key);
    const partial = path + PARTIAL;
    await this.makeFolderOf(path);
    const file = await open(partial, 'wx', 0o600);
    try {
      try {
        await fill(file);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(partial, path);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
    await syncFolder(dirname(path));
    return key;
  }

  private async makeFolderOf(path: string): Promise<void> {
    const folder = dirname(path);
    await mkdir(this.root, { recursive: true });
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!made) return;
    await syncFolder(dirname(folder));
    await syncFolder(this.root);
  }
}
