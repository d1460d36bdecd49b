import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureKeys, KeysUnusable, readKeys } from './keys.js';
import { SealBroken, UnknownKey, Vault } from './vault.js';

const CONTEXT = { proceedingId: 'p', id: 's' };

describe('the vault', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-vault-'));
    file = path.join(folder, 'made', 'keys.json');
    await ensureKeys(file);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('opens what it sealed, of any length, and shows none of it', async () => {
    const vault = new Vault(file);
    const bytes = fc.uint8Array({ maxLength: 2000 }).map((array) => Buffer.from(array));
    await fc.assert(
      fc.asyncProperty(bytes, async (plain) => {
        const { seal, sealed } = await vault.seal(plain, CONTEXT);
        expect(await vault.open(seal, sealed, CONTEXT)).toEqual(plain);
        // A byte or two may come out as they went in.
        expect(plain.length > 8 && sealed.includes(plain)).toBe(false);
      }),
    );
  });

  it('seals the same twice to different bytes, under different data keys', async () => {
    const vault = new Vault(file);
    const [a, b] = [
      await vault.seal(Buffer.from('a name'), CONTEXT),
      await vault.seal(Buffer.from('a name'), CONTEXT),
    ];
    expect(a.sealed.equals(b.sealed)).toBe(false);
    expect(a.seal.wrapped).not.toBe(b.seal.wrapped);
  });

  it('opens nothing that was changed, cut or moved to another place', async () => {
    const vault = new Vault(file);
    const { seal, sealed } = await vault.seal(Buffer.from('the name of a witness'), CONTEXT);
    const other = await vault.seal(Buffer.from('the name of another'), CONTEXT);
    const flipped = Buffer.from(sealed);
    flipped.writeUInt8(flipped.readUInt8(3) ^ 1, 3);
    const wrong = [
      vault.open(seal, flipped, CONTEXT),
      vault.open(seal, sealed.subarray(1), CONTEXT),
      vault.open({ ...seal, tag: other.seal.tag }, sealed, CONTEXT),
      vault.open({ ...seal, tag: seal.tag.slice(0, 8) }, sealed, CONTEXT),
      vault.open({ ...seal, wrapped: other.seal.wrapped }, sealed, CONTEXT),
      vault.open(seal, sealed, { ...CONTEXT, id: 't' }),
    ];
    for (const each of wrong) await expect(each).rejects.toThrow(SealBroken);
  });

  it('goes on with another current key, and opens what the one before sealed', async () => {
    const rotated = path.join(folder, 'rotated.json');
    const { current, keys } = await readKeys(file);
    const old = keys.get(current)!.toString('base64');
    const fresh = Buffer.alloc(32, 7).toString('base64');
    await writeFile(
      rotated,
      JSON.stringify({ current: 'k2', keys: { [current]: old, k2: fresh } }),
    );
    const before = await new Vault(file).seal(Buffer.from('a name'), CONTEXT);
    const vault = new Vault(rotated);
    expect(String(await vault.open(before.seal, before.sealed, CONTEXT))).toBe('a name');
    const after = await vault.seal(Buffer.from('a name'), CONTEXT);
    expect([before.seal.keyId, after.seal.keyId]).toEqual([current, 'k2']);
    await expect(new Vault(file).open(after.seal, after.sealed, CONTEXT)).rejects.toThrow(
      new UnknownKey('k2'),
    );
    expect(await new Vault(file).missing([current, 'k2'])).toEqual(['k2']);
  });

  it('makes the keys once, for this account alone, and overwrites none', async () => {
    const made = path.join(folder, 'once.json');
    const first = await Promise.all([ensureKeys(made), ensureKeys(made), ensureKeys(made)]);
    expect(first.filter(Boolean)).toHaveLength(1);
    expect((await stat(made)).mode & 0o777).toBe(0o600);
    const text = await readFile(made, 'utf8');
    expect(await ensureKeys(made)).toBe(false);
    expect(await readFile(made, 'utf8')).toBe(text);
    for (const unusable of [
      '',
      '{}',
      '{"current":"a","keys":{}}',
      '{"current":"a","keys":{"a":"YQ=="}}',
    ]) {
      await writeFile(made, unusable);
      expect(await ensureKeys(made)).toBe(false);
      await expect(new Vault(made).seal(Buffer.from('x'), CONTEXT)).rejects.toThrow(KeysUnusable);
      expect(await readFile(made, 'utf8')).toBe(unusable);
    }
    await expect(readKeys(path.join(folder, 'none.json'))).rejects.toThrow('no such file');
  });
});
