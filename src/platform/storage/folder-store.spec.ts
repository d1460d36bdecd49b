import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FileNotFound, FileTooLarge, MalformedFileKey } from './file-store.js';
import { FolderStore } from './folder-store.js';

const absent = 'A'.repeat(43);
const roomy = { maxBytes: 10_000_000 };

let root: string;
let store: FolderStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'comity-files-'));
  store = new FolderStore(join(root, 'not', 'yet'));
});
afterEach(() => rm(root, { recursive: true }));

/** Every file below the root, by its path. */
async function files(): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
}

const stage = (content: string) => store.stage(Readable.from([content]), roomy);

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('stage', () => {
  it('writes what comes, chunk after chunk, and tells its size and digest', async () => {
    const chunks = Array.from({ length: 50 }, () => randomBytes(20_000));
    const whole = Buffer.concat(chunks);

    const staged = await store.stage(Readable.from(chunks), roomy);

    expect(staged.bytes).toBe(1_000_000);
    expect(staged.sha256).toBe(createHash('sha256').update(whole).digest('hex'));
    expect(whole.equals(await buffer(await store.open(staged.key)))).toBe(true);
    expect(await store.size(staged.key)).toBe(1_000_000);
  });

  it('gives the same content another key each time', async () => {
    const [one, other] = [await stage('same'), await stage('same')];
    expect(one.sha256).toBe(other.sha256);
    expect(one.key).not.toBe(other.key);
    expect(one.key).toMatch(/^[\w-]{43}$/);
  });

  it('lets nobody else read the file, and puts it in a folder of two characters', async () => {
    const { key } = await stage('secret');
    const [path = ''] = await files();
    expect(path.endsWith(join('staged', key.slice(0, 2), key))).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
  });

  it('takes an empty file, for others to judge', async () => {
    const { key, bytes } = await store.stage(Readable.from([]), roomy);
    expect(bytes).toBe(0);
    expect(await text(await store.open(key))).toBe('');
  });

  it('takes a file of exactly the limit and refuses one more byte, leaving nothing', async () => {
    const exact = await store.stage(Readable.from([Buffer.alloc(10)]), { maxBytes: 10 });
    expect(exact.bytes).toBe(10);
    await store.remove(exact.key);

    const source = Readable.from([Buffer.alloc(6), Buffer.alloc(5), Buffer.alloc(1000)]);
    const refused = await store.stage(source, { maxBytes: 10 }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(FileTooLarge);
    expect(refused).toMatchObject({ limit: 10 });
    expect(source.destroyed).toBe(false);
    expect(await files()).toEqual([]);
  });

  it.each([
    ['an error', new Error('connection reset')],
    ['no reason', undefined],
  ])('leaves nothing of a source that breaks off with %s', async (_, error) => {
    for (const delay of [0, 50]) {
      const source = new PassThrough();
      source.write('half of it');
      const staging = store.stage(source, roomy);
      setTimeout(() => source.destroy(error), delay);
      await expect(staging).rejects.toThrow(error?.message ?? 'Premature close');
    }
    expect(await files()).toEqual([]);
  });

  it('stages many at a time', async () => {
    const contents = Array.from({ length: 40 }, (_, n) => `content ${n} `.repeat(500));
    const staged = await Promise.all(contents.map(stage));
    const read = await Promise.all(staged.map(async ({ key }) => text(await store.open(key))));
    expect(read).toEqual(contents);
    expect(new Set(staged.map(({ key }) => key)).size).toBe(40);
  });
});

describe('open', () => {
  it('reads ranges, both ends included', async () => {
    const { key } = await stage('0123456789');
    expect(await text(await store.open(key, { start: 2, end: 4 }))).toBe('234');
    expect(await text(await store.open(key, { start: 7 }))).toBe('789');
    expect(await text(await store.open(key, { start: 8, end: 100 }))).toBe('89');
    await expect(store.open(key, { start: 10 })).rejects.toThrow('no bytes from 10');
    await expect(store.open(key, { start: 4, end: 3 })).rejects.toThrow('no bytes from 4');
    await expect(store.open(key, { start: -1 })).rejects.toThrow('no bytes from -1');
    await expect(store.open(key, { start: 1, end: NaN })).rejects.toThrow('no bytes from 1');
  });
});

describe('keep, copy, remove, discard', () => {
  it('moves a staged file to the kept ones, once and again', async () => {
    const { key } = await stage('kept');
    await store.keep(key);
    await store.keep(key);
    expect(await text(await store.open(key))).toBe('kept');
    expect((await files()).map((path) => path.includes('/kept/'))).toEqual([true]);
  });

  it('copies a kept file to a staged one that outlives it', async () => {
    const { key } = await stage('copied');
    await store.keep(key);
    const copy = await store.copy(key);
    await store.remove(key);
    expect(copy).not.toBe(key);
    expect(await text(await store.open(copy))).toBe('copied');
    expect(await all(store.staged(new Date(Date.now() + 1000)))).toEqual([copy]);
  });

  it('removes without complaint what is gone; discards only what is not kept', async () => {
    const { key } = await stage('x');
    await store.keep(key);
    await store.discard(key);
    expect(await store.size(key)).toBe(1);
    await store.remove(key);
    await store.remove(key);
    expect(await files()).toEqual([]);
  });

  it('says that there is no such file', async () => {
    await expect(store.open(absent)).rejects.toBeInstanceOf(FileNotFound);
    await expect(store.size(absent)).rejects.toBeInstanceOf(FileNotFound);
    await expect(store.keep(absent)).rejects.toBeInstanceOf(FileNotFound);
    await expect(store.copy(absent)).rejects.toBeInstanceOf(FileNotFound);
    expect(await files()).toEqual([]);
  });

  it.each(['', '..', '../../../etc/passwd', `..${'/'.repeat(41)}`, `${absent}/`, `${absent}\n`])(
    'takes %j for no key',
    async (key) => {
      for (const use of ['open', 'size', 'keep', 'copy', 'remove', 'discard'] as const) {
        await expect(store[use](key)).rejects.toBeInstanceOf(MalformedFileKey);
      }
    },
  );
});

describe('staged', () => {
  it('names orphans only: old, not kept, whole or half written', async () => {
    expect(await all(store.staged(new Date()))).toEqual([]);
    const [old, young, kept] = [await stage('old'), await stage('young'), await stage('kept')];
    await store.keep(kept.key);
    const path = (await files()).find((each) => each.endsWith(old.key)) ?? '';
    const crashed = absent.replace('A', 'B');
    const partial = join(path, '..', `${crashed}.part`);
    await writeFile(partial, 'half');
    await writeFile(join(path, '..', '.foreign'), '');
    for (const each of [path, partial, join(path, '..', '.foreign')]) await utimes(each, 0, 0);

    const orphans = await all(store.staged(new Date(Date.now() - 60_000)));
    expect(orphans.toSorted()).toEqual([old.key, crashed].toSorted());

    // The half-written file stood in the folder of another key: the sweep must not fail on it.
    for (const key of orphans) await store.discard(key);
    await expect(store.size(old.key)).rejects.toBeInstanceOf(FileNotFound);
    expect(await store.size(young.key)).toBe(5);
    expect(await store.size(kept.key)).toBe(4);
  });
});
