import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../src/config/project-root.js';
import { runBuilt } from './run-built.js';

interface Receipt extends Record<string, unknown> {
  readonly signature: string;
  readonly filedAt: string;
  readonly keyId: string;
}
interface Key extends Record<string, unknown> {
  readonly id: string;
  readonly publicKey: string;
}

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
    runBuilt('verify-receipt', [
      await written('tried.json', receipt),
      '--keys',
      await written('tried-keys.json', { items }),
      ...more,
    ]);

  it('says what a receipt proves, of the very file and without it', async () => {
    const bare = await runBuilt('verify-receipt', given);
    expect(bare).toMatchObject({ code: 0, error: '' });
    expect(bare.out).toContain('at 2027-03-01T09:30:00.000Z');
    expect(bare.out).toContain('does not tell: that takes the file and its salt');
    const whole = await runBuilt('verify-receipt', [...given, ...(await opened(vector.file))]);
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
        await runBuilt('verify-receipt', [...given, ...(await opened('What they saw.\n'))]),
      ],
      [
        'wrong-file',
        await runBuilt('verify-receipt', [
          ...given,
          ...(await opened(vector.file, '0'.repeat(64))),
        ]),
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
      const ran = await runBuilt('verify-receipt', [...args]);
      expect([args, ran.code, ran.out]).toEqual([args, 2, '']);
      expect(ran.error).toContain('Nothing was checked');
      expect(ran.error).toContain(why);
    }
  });
});
