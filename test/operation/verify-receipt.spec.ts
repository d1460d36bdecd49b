import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../src/config/project-root.js';
import { publishSigningKeys } from '../../src/platform/signing/publish-keys.js';
import { queried } from '../database/direct.js';
import { World } from '../factories/world.js';
import { joinApi, startApi, type Client } from '../setup/api.js';
import { setting } from '../setup/database.js';

interface Ran {
  readonly code: unknown;
  readonly out: string;
  readonly error: string;
}
interface Receipt extends Record<string, unknown> {
  readonly signature: string;
  readonly filedAt: string;
  readonly keyId: string;
}
interface Key extends Record<string, unknown> {
  readonly id: string;
  readonly publicKey: string;
}

const built = (name: string) => path.join(projectRoot, 'dist', 'src', `${name}.js`);
const run = (name: string, args: string[], env: Record<string, string> = {}): Promise<Ran> =>
  new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH, ...env } };
    execFile(process.execPath, [built(name), ...args], options, (failed, out, error) =>
      resolve({ code: failed?.code ?? 0, out, error }),
    );
  });

/** The object that docs/receipts.md shows. */
interface Vector {
  readonly key: Key;
  readonly file: string;
  readonly opening: { readonly salt: string; readonly sha256: string };
  readonly signed: string;
  readonly receipt: Receipt;
}
const page = readFileSync(path.join(projectRoot, 'docs', 'receipts.md'), 'utf8');
const vector = JSON.parse(
  /<!-- vector -->\n```json\n([^]*?)```\n<!-- end -->/.exec(page)![1]!,
) as Vector;

let folder: string;
const at = (name: string) => path.join(folder, name);
const written = async (name: string, content: unknown): Promise<string> => {
  await writeFile(at(name), typeof content === 'string' ? content : JSON.stringify(content));
  return at(name);
};
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'comity-verify-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the vector of docs/receipts.md', () => {
  it('holds by node:crypto alone, as the page says', () => {
    const { key, receipt, signed, file, opening } = vector;
    const { signature, ...body } = receipt;
    const inOrder = Object.entries(body).toSorted(([a], [b]) => (a < b ? -1 : 1));
    expect(JSON.stringify(Object.fromEntries(inOrder))).toBe(signed);
    const publicKey = createPublicKey({
      key: Buffer.from(key.publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    });
    const by = (text: string) =>
      verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'));
    expect(by(signed)).toBe(true);
    expect(by(signed.replace('09:30', '09:31'))).toBe(false);
    const sha256 = createHash('sha256').update(file).digest();
    expect(sha256.toString('hex')).toBe(opening.sha256);
    const digest = createHash('sha256')
      .update(Buffer.from(opening.salt, 'hex'))
      .update(sha256)
      .digest('hex');
    expect(digest).toBe(receipt['contentDigest']);
  });
});

describe('verify-receipt', () => {
  let given: string[];
  let keys: string;
  beforeAll(async () => {
    keys = await written('keys.json', { items: [vector.key], next: null });
    given = [await written('receipt.json', vector.receipt), '--keys', keys];
  });
  const opened = async (content: string, salt = vector.opening.salt) => [
    '--file',
    await written('file', content),
    '--salt',
    salt,
  ];
  const tried = async (receipt: object, items: object[] = [vector.key], more: string[] = []) =>
    run('verify-receipt', [
      await written('tried.json', receipt),
      '--keys',
      await written('tried-keys.json', { items }),
      ...more,
    ]);

  it('says what a receipt proves, of the very file and without it', async () => {
    const bare = await run('verify-receipt', given);
    expect(bare).toMatchObject({ code: 0, error: '' });
    expect(bare.out).toContain('at 2027-03-01T09:30:00.000Z');
    expect(bare.out).toContain('does not tell: that takes the file and its salt');
    const whole = await run('verify-receipt', [...given, ...(await opened(vector.file))]);
    expect(whole).toMatchObject({ code: 0, error: '' });
    expect(whole.out).toContain('This very file was handed in');
  });

  it('refuses by name', async () => {
    const { receipt, key } = vector;
    const future = { ...key, from: '2027-03-01T09:30:00.001Z' };
    const ended = { ...key, until: '2027-03-01T09:29:59.999Z' };
    const revoked = { ...ended, revokedAt: '2028-01-01T00:00:00.000Z' };
    const another = { ...key, publicKey: key.publicKey.replace('vUb2', 'GUb2') };
    for (const [fault, ran] of [
      [
        'wrong-file',
        await run('verify-receipt', [...given, ...(await opened('What they saw.\n'))]),
      ],
      [
        'wrong-file',
        await run('verify-receipt', [...given, ...(await opened(vector.file, '0'.repeat(64)))]),
      ],
      ['wrong-signature', await tried({ ...receipt, filedAt: '2027-03-01T09:29:59.000Z' })],
      ['wrong-signature', await tried({ ...receipt, rehearsal: true })],
      ['wrong-signature', await tried(receipt, [another])],
      ['unknown-key', await tried(receipt, [{ ...key, id: 's-another' }])],
      ['unknown-key', await tried(receipt, [])],
      ['revoked-key', await tried(receipt, [revoked])],
      ['future-key', await tried(receipt, [future])],
      ['ended-key', await tried(receipt, [ended])],
    ] as const) {
      expect([fault, ran.code, ran.out.split('\n')[0], ran.error]).toEqual([
        fault,
        1,
        `Refused: ${fault}`,
        '',
      ]);
    }
  });

  it('checks nothing that it cannot read, and says so', async () => {
    for (const [args, why] of [
      [[], 'say which'],
      [given.slice(0, 1), 'say which'],
      [[at('none.json'), '--keys', keys], 'cannot be read'],
      [[keys, '--keys', keys], 'is not what it should be'],
      [[...given, '--file', keys], 'go together'],
      [[...given, '--file', keys, '--salt', 'abc'], 'go together'],
      [[...given, '--file', at('none'), '--salt', '0'.repeat(64)], 'ENOENT'],
      [[await written('more.json', { ...vector.receipt, author: 'x' }), '--keys', keys], 'Unrec'],
    ] as const) {
      const ran = await run('verify-receipt', [...args]);
      expect([args, ran.code, ran.out]).toEqual([args, 2, '']);
      expect(ran.error).toContain('Nothing was checked');
      expect(ran.error).toContain(why);
    }
  });
});

describe('rotate-signing-key', () => {
  let keysFile: string;
  let world: World;
  let slovenia: Client;
  beforeAll(async () => {
    keysFile = at('signing-keys.json');
    await copyFile(setting('TEST_SIGNING_KEYS'), keysFile);
    world = await World.build('', { COMITY_SIGNING_KEYS: keysFile });
    slovenia = await world.delegation('SVN');
  }, 60_000);
  afterAll(() => world.stop());

  const rotate = (...args: string[]) =>
    run('rotate-signing-key', args, {
      DATABASE_URL: world.api.database.adminUrl,
      COMITY_SIGNING_KEYS: keysFile,
    });
  const published = async () =>
    (await world.api.as().get('/v1/receipt-keys', { limit: 200 }).expect(200)).body as {
      items: (Key & { until: string | null; revokedAt: string | null })[];
    };
  let n = 50;
  const filed = async (): Promise<Receipt> => {
    const review = await world.review('SVN', { number: (n += 1) });
    const id = await world.file(slovenia, review, { kind: 'national-report' });
    return (await slovenia.get(`/v1/documents/${id}/receipt`).expect(200)).body as Receipt;
  };
  const checked = async (receipt: Receipt) => {
    const keys = await written('published.json', await published());
    return run('verify-receipt', [await written('filed.json', receipt), '--keys', keys]);
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
    const lost = await run('rotate-signing-key', [], {
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
