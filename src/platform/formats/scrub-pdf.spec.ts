import { describe, expect, it } from '@jest/globals';
import { PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { crowdedPdf } from '../../../test/factories/crowded-pdf.js';
import { read, unpacked } from '../../../test/factories/opened-pdf.js';
import { amendedPdf, pdf } from '../../../test/factories/pdf-pages.js';
import { tellingPdf } from '../../../test/factories/telling-pdf.js';
import { Words } from '../../../test/factories/words.js';
import { scrub } from './scrub.js';

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

  it.each([
    ['as they are', false],
    ['packed into streams', true],
  ])('finds what programs leave, in pictures too; objects %s', async (_, packed) => {
    const words = new Words();
    const original = await crowdedPdf(words.plant, packed);
    expect(words.in(original, ...(await unpacked(original)))).toEqual(words.places());
    const { bytes, found } = await scrub('pdf', original);
    expect(words.in(bytes, ...(await unpacked(bytes)))).toEqual([]);
    expect((await read(bytes)).text).toEqual(['What is read stays.']);
    const { context } = await PDFDocument.load(bytes);
    const filters = context
      .enumerateIndirectObjects()
      .flatMap(([, object]) =>
        object instanceof PDFRawStream ? [object.dict.lookup(PDFName.of('Filter'))] : [],
      )
      .map(String);
    expect(filters.filter((each) => each === '/DCTDecode')).toHaveLength(4);
    expect(filters.filter((each) => each === '/JPXDecode')).toHaveLength(2);
    const told = words.in(JSON.stringify(found));
    for (const place of [
      'highlight by',
      'stamp by',
      'attachment name',
      'layer name',
      'photo comment',
      'wrapped photo comment',
      'jpx remark',
      'profile name',
      'info author',
      'page xmp',
      'picture xmp',
    ]) {
      expect(told).toContain(place);
    }
    const again = await scrub('pdf', bytes);
    expect(again.found).toEqual([]);
  });

  it('an earlier wording that was overwritten by appending is not in it', async () => {
    const [before, after] = ['Witness Novak said so.', 'A witness said so.'] as const;
    const original = await amendedPdf(before, after);
    expect(original.includes(before)).toBe(true);
    const { bytes, found } = await scrub('pdf', original);
    expect((await read(bytes)).text).toEqual(['A witness said so.']);
    const contents = await unpacked(bytes);
    expect(contents.some((each) => each.includes(after))).toBe(true);
    expect([bytes, ...contents].some((each) => each.includes(before))).toBe(false);
    expect(found).toContainEqual({ what: 'revision', where: 'file', value: '1 earlier versions' });
  });

  it('refuses a form that is drawn by another program', async () => {
    const form = await pdf([{ lines: ['Please wait...'] }], {
      finish: ({ catalog, context }) => {
        catalog.set(PDFName.of('AcroForm'), context.obj({ Fields: [], XFA: [] }));
        catalog.set(PDFName.of('NeedsRendering'), context.obj(true));
      },
    });
    await expect(scrub('pdf', form)).rejects.toMatchObject({
      code: 'unscrubbable',
      facts: { part: 'XFA', mend: expect.any(String) },
    });
  });

  it('refuses what is no PDF', async () => {
    await expect(scrub('pdf', Buffer.from('%PDF-1.7 nothing'))).rejects.toMatchObject({
      code: 'damaged-file',
    });
  });
});
