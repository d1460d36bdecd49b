import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KeysUnusable } from '../vault/keys.js';
import { checkReceipt, type ReceiptFault } from './check-receipt.js';
import { contentDigest, signedText, type ReceiptBody, type SignedReceipt } from './receipt.js';
import { Signer } from './signer.js';
import {
  addSigningKey,
  ensureSigningKeys,
  privateKeyOf,
  publicPartOf,
  readSigningKeys,
  type SigningKeys,
} from './signing-keys.js';

const published = ({ keys }: SigningKeys) =>
  Object.entries(keys).map(([id, { seed, from, until = null, revoked = null }]) => ({
    id,
    publicKey: publicPartOf(privateKeyOf(seed)),
    from,
    until,
    revokedAt: revoked,
  }));
const current = (keys: SigningKeys) => published(keys).find(({ id }) => id === keys.current)!;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('receipts', () => {
  let folder: string;
  let file: string;
  let keys: SigningKeys;
  let receipt: SignedReceipt;
  const opening = { salt: randomBytes(32).toString('hex'), sha256: sha256('What we saw') };

  const sign = async (more: Partial<ReceiptBody> = {}, by = keys): Promise<SignedReceipt> => {
    const body: ReceiptBody = {
      v: 1,
      mechanism: 'upr',
      receiptId: '6f1e3c9a-52b7-4d08-9c41-7a2be5d0f813',
      filedAt: new Date().toISOString(),
      filing: 'document',
      rehearsal: false,
      contentDigest: contentDigest(opening),
      keyId: by.current,
      ...more,
    };
    return { ...body, signature: await new Signer(file).sign(current(by), signedText(body)) };
  };
  const faultOf = (given: SignedReceipt, asked = {}): ReceiptFault | undefined =>
    checkReceipt(given, { keys: published(keys), ...asked }).fault;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-signing-'));
    file = path.join(folder, 'made', 'signing-keys.json');
    await ensureSigningKeys(file);
    keys = await readSigningKeys(file);
    receipt = await sign();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('hold, with the very file or without, and tell neither it nor whose', () => {
    expect(faultOf(receipt)).toBeUndefined();
    expect(faultOf(receipt, { opening })).toBeUndefined();
    const { lines } = checkReceipt(receipt, { keys: published(keys), opening });
    expect(lines.join(' ')).toMatch(
      /^The receipt .* holds\. This very file was handed in .* upr at /,
    );
    expect(JSON.stringify(receipt)).not.toContain(opening.sha256);
    expect(JSON.stringify(receipt)).not.toContain(opening.salt);
  });

  it('hold of nothing when any field of them was changed', () => {
    const later = new Date(Date.parse(receipt.filedAt) + 1).toISOString();
    const changed: Partial<SignedReceipt>[] = [
      { filedAt: later },
      { mechanism: 'aarhus' },
      { receiptId: '00000000-0000-4000-8000-000000000000' },
      { filing: 'corrigendum' },
      { rehearsal: true },
      { contentDigest: sha256('another') },
    ];
    for (const change of changed) {
      expect([change, faultOf({ ...receipt, ...change })]).toEqual([change, 'wrong-signature']);
    }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 511 }), (bit) => {
        const bytes = Buffer.from(receipt.signature, 'base64');
        bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        const signature = bytes.toString('base64');
        expect(faultOf({ ...receipt, signature })).toBe('wrong-signature');
      }),
    );
  });

  it('refuse another file, and another salt, by name', () => {
    const other = { ...opening, sha256: sha256('What they saw') };
    const salted = { ...opening, salt: randomBytes(32).toString('hex') };
    expect(faultOf(receipt, { opening: other })).toBe('wrong-file');
    expect(faultOf(receipt, { opening: salted })).toBe('wrong-file');
  });

  it('refuse a key that nobody published, or that is another’s under its name', async () => {
    expect(faultOf(receipt, { keys: [] })).toBe('unknown-key');
    const strange = path.join(folder, 'strange.json');
    await ensureSigningKeys(strange);
    const named = { ...current(await readSigningKeys(strange)), id: keys.current };
    expect(faultOf(receipt, { keys: [named] })).toBe('wrong-signature');
    expect(faultOf(receipt, { keys: [{ ...named, publicKey: 'AAAA' }] })).toBe('wrong-signature');
  });

  it('refuse what a key signed before it was made, or after it had ended', async () => {
    const before = await sign({ filedAt: '2020-01-01T00:00:00.000Z' });
    expect(faultOf(before)).toBe('future-key');
    const ended = published(keys).map((key) => ({ ...key, until: '2024-01-01T00:00:00.000Z' }));
    expect(faultOf(receipt, { keys: ended })).toBe('ended-key');
  });

  it('are worth nothing outside of a rehearsal, if they are of one', async () => {
    const rehearsed = await sign({ rehearsal: true, filedAt: '2031-01-01T00:00:00.000Z' });
    expect(faultOf(rehearsed)).toBe('rehearsal');
    expect(faultOf(rehearsed, { rehearsal: true })).toBeUndefined();
    expect(faultOf({ ...rehearsed, rehearsal: false })).toBe('wrong-signature');
  });

  it('stay good when the key goes, and do not when it was stolen', async () => {
    const first = keys.current;
    keys = await addSigningKey(file);
    expect(Object.keys(keys.keys)).toEqual([first, keys.current]);
    expect(faultOf(receipt)).toBeUndefined();
    const second = await sign();
    expect(second.keyId).not.toBe(first);
    expect(faultOf(second)).toBeUndefined();
    keys = await addSigningKey(file, { revoke: true });
    expect(faultOf(second)).toBe('revoked-key');
    expect(faultOf(receipt)).toBeUndefined();
    expect(faultOf(await sign())).toBeUndefined();
  });

  it('are signed with what is published alone, and with the very key', async () => {
    const signer = new Signer(file);
    const key = current(keys);
    await expect(signer.sign({ ...key, id: 's-unknown' }, 'x')).rejects.toThrow(KeysUnusable);
    const before = published(keys).find(({ until }) => until !== null)!;
    await expect(signer.sign({ ...key, publicKey: before.publicKey }, 'x')).rejects.toThrow(
      'as it is published',
    );
  });

  it('are signed with keys of this account alone, made once and overwritten by none', async () => {
    const made = path.join(folder, 'once.json');
    const first = await Promise.all([1, 2, 3].map(() => ensureSigningKeys(made)));
    expect(first.filter(Boolean)).toHaveLength(1);
    expect((await stat(made)).mode & 0o777).toBe(0o600);
    await addSigningKey(made);
    expect((await stat(made)).mode & 0o777).toBe(0o600);
    const { current: id, keys: all } = JSON.parse(await readFile(made, 'utf8')) as SigningKeys;
    for (const unusable of [
      {},
      { current: 'x', keys: all },
      { current: id, keys: { ...all, [id]: { ...all[id], until: '2027-01-01T00:00:00.000Z' } } },
      { current: id, keys: { ...all, other: all[id] } },
      { current: id, keys: { ...all, [id]: { ...all[id], seed: 'YQ==' } } },
    ]) {
      await writeFile(made, JSON.stringify(unusable));
      await expect(readSigningKeys(made)).rejects.toThrow(KeysUnusable);
      expect(await ensureSigningKeys(made)).toBe(false);
    }
  });
});
