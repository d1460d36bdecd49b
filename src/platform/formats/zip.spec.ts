import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import yazl from 'yazl';
import { readZip, writeZip } from './zip.js';

const text = Buffer.from('text');
const refused = (code: string, facts = {}) => ({ name: 'FormatRefused', code, facts });

/** An archive in which `from` stands as `to`, wherever a name or a header holds it. */
const forged = (zip: Buffer, from: string, to: string): Buffer =>
  Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');

async function loose(entries: [string, Buffer][]): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of entries) zip.addBuffer(content, name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('writeZip', () => {
  it('makes the same bytes of the same entries, and readZip reads them back in order', async () => {
    const entries: [string, Buffer][] = [
      ['mimetype', Buffer.from('application/vnd.oasis.opendocument.text')],
      ['content.xml', Buffer.alloc(10_000, 'x')],
      ['Pictures/é.png', Buffer.of()],
    ];
    const zip = await writeZip(entries);
    expect(await writeZip(await readZip(zip))).toEqual(zip);
    expect([...(await readZip(zip))]).toEqual(entries);
    expect(zip.length).toBeLessThan(1_000);
  });

  it('stores the media type first, uncompressed and without extra fields', async () => {
    const zip = await writeZip([['mimetype', Buffer.from('application/x')]]);
    expect(zip.toString('latin1', 30, 51)).toBe('mimetypeapplication/x');
    expect(zip.readUInt16LE(28)).toBe(0);
  });
});

describe('readZip', () => {
  it.each([
    ['no archive', () => Promise.resolve(Buffer.from('MZ not at all'))],
    ['a truncated one', async () => (await writeZip([['a', text]])).subarray(0, -10)],
    [
      'a name that leaves the archive',
      async () => forged(await writeZip([['aa/b', text]]), 'aa/b', '../b'),
    ],
    ['an absolute name', async () => forged(await writeZip([['aa/b', text]]), 'aa/b', '/a/b')],
    ['a backslash', async () => forged(await writeZip([['aa/b', text]]), 'aa/b', 'aa\\b')],
    ['an unprintable name', async () => forged(await writeZip([['aa/b', text]]), 'aa/b', 'a\0/b')],
    [
      'one name twice',
      () =>
        loose([
          ['a.xml', text],
          ['a.xml', text],
        ]),
    ],
    [
      'one name in two spellings',
      () =>
        loose([
          ['a.xml', text],
          ['A.XML', text],
        ]),
    ],
    [
      'content that was changed',
      async () => forged(await writeZip([['mimetype', Buffer.from('abcd')]]), 'abcd', 'abce'),
    ],
  ])('refuses %s', async (_, made) => {
    await expect(readZip(await made())).rejects.toMatchObject({ code: 'damaged-file' });
  });

  it('refuses an encrypted entry', async () => {
    const zip = await writeZip([['secret.xml', text]]);
    const central = zip.indexOf('PK\x01\x02', 0, 'latin1');
    zip.writeUInt16LE(zip.readUInt16LE(central + 8) | 1, central + 8);
    await expect(readZip(zip)).rejects.toMatchObject(
      refused('encrypted-file', { part: 'secret.xml' }),
    );
  });

  it('refuses an entry that is out of proportion, while it is inflated', async () => {
    const zip = await writeZip([['bomb.xml', Buffer.alloc(60 * 1024 * 1024)]]);
    const before = process.memoryUsage().arrayBuffers;
    await expect(readZip(zip)).rejects.toMatchObject({
      code: 'zip-bomb',
      facts: { part: 'bomb.xml', limit: 200 },
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30 * 1024 * 1024);
  });

  it('refuses entries that together are too large', async () => {
    const part = Buffer.alloc(3 * 1024 * 1024, 'abc');
    const zip = await loose(Array.from({ length: 40 }, (_, at) => [`part-${at}.xml`, part]));
    await expect(readZip(zip)).rejects.toMatchObject({ code: 'zip-bomb' });
  });

  it('refuses too many entries before it reads one', async () => {
    const zip = await writeZip([['a', text]]);
    // What the end of the archive says; it ends reading before any entry is looked for.
    zip.writeUInt16LE(5_001, zip.length - 12);
    await expect(readZip(zip)).rejects.toMatchObject(
      refused('zip-bomb', { entries: 5_001, limit: 5_000 }),
    );
  });

  it('does not believe the size that an entry claims', async () => {
    const content = Buffer.alloc(50_000, 'x');
    const zip = await writeZip([['a', content]]);
    const central = zip.indexOf('PK\x01\x02', 0, 'latin1');
    expect(zip.readUInt32LE(central + 20)).toBe(deflateRawSync(content).length);
    zip.writeUInt32LE(10, central + 24);
    await expect(readZip(zip)).rejects.toMatchObject({ code: 'damaged-file' });
  });
});
