import { describe, expect, it } from '@jest/globals';
import { decodePDFRawStream, PDFDocument, PDFRawStream } from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { tellingPdf } from '../../../test/factories/telling-pdf.js';
import { Words } from '../../../test/factories/words.js';
import { scrub } from './scrub.js';

/** The text of each page as a reader shows it, and where its links lead. */
async function read(bytes: Buffer): Promise<{ text: string[]; links: unknown[] }> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: true });
  const pdf = await task.promise;
  const [text, links]: [string[], unknown[]] = [[], []];
  for (let n = 1; n <= pdf.numPages; n += 1) {
    const page = await pdf.getPage(n);
    const { items } = await page.getTextContent();
    text.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
    for (const { subtype, url, dest } of await page.getAnnotations()) {
      links.push({ subtype, leads: (url as string | undefined) ?? typeof dest });
    }
  }
  await task.destroy();
  return { text, links };
}

/** Strings in UTF-16 and in hexadecimal digits as they are read. */
const plain = (object: string): string =>
  object.replaceAll(/<FEFF([0-9A-F]+)>/g, (_, digits: string) =>
    Buffer.from(digits, 'hex').toString('latin1').replaceAll('\0', ''),
  );

/** Every stream as it is when unpacked. */
async function unpacked(bytes: Buffer): Promise<Buffer[]> {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false });
  return context.enumerateIndirectObjects().map(([, object]) => {
    if (!(object instanceof PDFRawStream)) return Buffer.from(plain(object.toString()));
    try {
      return Buffer.from(decodePDFRawStream(object).decode());
    } catch {
      return Buffer.from(object.contents);
    }
  });
}

describe('scrub a PDF', () => {
  it('takes out everything that tells, says what it was, and leaves the pages', async () => {
    const words = new Words();
    const original = await tellingPdf(words.plant);
    expect(words.in(original, ...(await unpacked(original)))).toEqual(words.places());

    const { bytes, found } = await scrub('pdf', original);
    expect(words.in(bytes, ...(await unpacked(bytes)))).toEqual([]);
    const [before, after] = [await read(original), await read(bytes)];
    expect(before.text).toEqual(['What is read stays.', 'Second page.']);
    expect(after.text).toEqual(['What is read stays.Filled in', 'Second page.']);
    expect(after.links).toEqual([
      { subtype: 'Link', leads: 'https://www.ohchr.org/' },
      { subtype: 'Link', leads: 'object' },
    ]);
    const told = words.in(JSON.stringify(found));
    expect(words.places().filter((place) => !told.includes(place))).toEqual([
      'piece info',
      'thumbnail',
      'page script',
      'field name',
      'embedded file',
      'structure author',
      'unreachable',
      'earlier version',
      'id again',
    ]);
    expect(found).toEqual(
      expect.arrayContaining([
        { what: 'property', where: 'page 1', value: 'PieceInfo' },
        { what: 'thumbnail', where: 'page 1', value: null },
        { what: 'script', where: 'page 1', value: null },
        { what: 'property', where: 'catalog', value: 'StructTreeRoot' },
        { what: 'revision', where: 'file', value: '1 earlier versions' },
      ]),
    );
    expect(found).toContainEqual({
      what: 'location',
      where: 'page 1',
      value: '-46.05000, -14.50000',
    });
    expect((await scrub('pdf', bytes)).found).toEqual([]);
  });

  it('refuses what is no PDF', async () => {
    await expect(scrub('pdf', Buffer.from('%PDF-1.7 nothing'))).rejects.toMatchObject({
      code: 'damaged-file',
    });
  });
});
