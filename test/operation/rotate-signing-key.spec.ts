import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publishSigningKeys } from '../../src/platform/signing/publish-keys.js';
import { queried } from '../database/direct.js';
import { World } from '../factories/world.js';
import { joinApi, startApi, type Client } from '../setup/api.js';
import { setting } from '../setup/database.js';
import { runBuilt } from './run-built.js';

interface Receipt {
  readonly keyId: string;
}
interface Key {
  readonly id: string;
  readonly until: string | null;
  readonly revokedAt: string | null;
}

describe('rotate-signing-key', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  const written = async (name: string, content: object): Promise<string> => {
    await writeFile(at(name), JSON.stringify(content));
    return at(name);
  };
  let keysFile: string;
  let world: World;
  let slovenia: Client;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-rotate-'));
    keysFile = at('signing-keys.json');
    await copyFile(setting('TEST_SIGNING_KEYS'), keysFile);
    world = await World.build('', { COMITY_SIGNING_KEYS: keysFile });
    slovenia = await world.delegation('SVN');
  }, 60_000);
  afterAll(async () => {
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const rotate = (...args: string[]) =>
    runBuilt('rotate-signing-key', args, {
      DATABASE_URL: world.api.database.adminUrl,
      COMITY_SIGNING_KEYS: keysFile,
    });
  const published = async () =>
    (await world.api.as().get('/v1/receipt-keys', { limit: 200 }).expect(200)).body as {
      items: Key[];
    };
  let n = 50;
  const filed = async (): Promise<Receipt> => {
    const review = await world.review('SVN', { number: (n += 1) });
    const id = await world.file(slovenia, review, { kind: 'national-report' });
    return (await slovenia.get(`/v1/documents/${id}/receipt`).expect(200)).body as Receipt;
  };
  const checked = async (receipt: Receipt) => {
    const keys = await written('published.json', await published());
    return runBuilt('verify-receipt', [await written('filed.json', receipt), '--keys', keys]);
  };

  it('goes over to a new key at once; what the old one signed stays good', async () => {
    const before = await filed();
    const ran = await rotate();
    expect(ran).toMatchObject({ code: 0, error: '' });
    const after = await filed();
    expect(after.keyId).not.toBe(before.keyId);
    expect(ran.out).toMatch(new RegExp(`^${after.keyId} signs from now on; 1 keys before it`));
    const { items } = await published();
    expect(items.map(({ id, until }) => [id, until === null])).toEqual([
      [before.keyId, false],
      [after.keyId, true],
    ]);
    for (const receipt of [before, after]) expect((await checked(receipt)).code).toBe(0);
    // A key is told by its public part alone.
    const { keys } = JSON.parse(await readFile(keysFile, 'utf8')) as {
      keys: Record<string, { seed: string }>;
    };
    const everything = JSON.stringify(
      await queried(world.api.database.adminUrl, 'SELECT * FROM reference.signing_key'),
    );
    for (const { seed } of Object.values(keys)) {
      expect(everything + world.api.logged()).not.toContain(seed);
    }
  });

  it('revokes one that was stolen: nothing is believed that it signed', async () => {
    const stolen = await filed();
    expect((await rotate('--revoke')).code).toBe(0);
    expect((await checked(stolen)).out).toMatch(/^Refused: revoked-key\n/);
    expect((await checked(await filed())).code).toBe(0);
    expect((await published()).items.map(({ revokedAt }) => revokedAt === null)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is published by bootstrap too, and nothing is ever taken back', async () => {
    const { items } = await published();
    await publishSigningKeys(world.api.database.adminUrl, keysFile);
    expect((await published()).items).toEqual(items);
    // A file from before: its key has ended, for everybody who looked.
    const old = at('old-keys.json');
    await copyFile(setting('TEST_SIGNING_KEYS'), old);
    await expect(publishSigningKeys(world.api.database.adminUrl, old)).rejects.toThrow(
      'the file of signing keys is an old one',
    );
    expect((await published()).items).toEqual(items);
    const start = joinApi(world.api.database, { COMITY_SIGNING_KEYS: old });
    await expect(start).rejects.toThrow(/which cannot be had from .*old-keys\.json/);
    const none = joinApi(world.api.database, { COMITY_SIGNING_KEYS: at('nowhere.json') });
    await expect(none).rejects.toThrow('run rotate-signing-key');
  });

  it('says when it cannot, and changes nothing', async () => {
    const before = await readFile(keysFile, 'utf8');
    expect((await rotate('--nonsense')).code).toBe(2);
    const lost = await runBuilt('rotate-signing-key', [], {
      DATABASE_URL: world.api.database.adminUrl,
      COMITY_SIGNING_KEYS: at('nowhere.json'),
    });
    expect(lost.code).toBe(2);
    expect(lost.error).toContain('there is no such file');
    expect(await readFile(keysFile, 'utf8')).toBe(before);
  });
});

it('a house that publishes no key does not start', async () => {
  const api = await startApi();
  await queried(api.database.adminUrl, 'TRUNCATE reference.signing_key CASCADE');
  await expect(joinApi(api.database)).rejects.toThrow('No signing key is published');
  await api.stop();
});
