import { describe, expect, it } from '@jest/globals';
import { jpeg, segment } from '../../../test/factories/images.js';
import { tellingBmp } from '../../../test/factories/telling-bitmaps.js';
import {
  picturedEmf,
  plusEmf,
  postscriptSvm,
  printedEmf,
  tellingEmf,
  tellingWmf,
} from '../../../test/factories/telling-metafiles.js';
import { TELLING_PICTURES } from '../../../test/factories/telling-pictures.js';
import { oldJpegTiff, tellingTiff } from '../../../test/factories/telling-tiff.js';
import { readable, Words } from '../../../test/factories/words.js';
import { describeInBrowser, openBrowser } from '../../../test/setup/browser.js';
import { Findings } from './findings.js';
import { scrubImage } from './scrub-image.js';

function scrubbed(bytes: Buffer) {
  const found = new Findings();
  return { ...scrubImage(bytes, 'picture', found), found: found.list() };
}

const refusal = (bytes: Buffer) => {
  try {
    scrubImage(bytes, 'word/media/image1', new Findings());
    return undefined;
  } catch (error) {
    const { code, facts } = error as { code: string; facts: object };
    return { code, facts };
  }
};

describe('scrub a picture', () => {
  it.each(Object.entries(TELLING_PICTURES))('%s: nothing that it told is left', (name, make) => {
    const words = new Words();
    const original = make(words.plant);
    expect(words.in(...readable(original))).toEqual(words.places());
    const { bytes, kind, found } = scrubbed(original);
    expect(name).toContain(kind.extension);
    expect(words.in(...readable(bytes))).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
    expect(scrubbed(bytes)).toMatchObject({ bytes, found: [] });
  });

  it('a segment of a JPEG that no decoder knows goes too', () => {
    const { bytes, found } = scrubbed(jpeg([segment(0xf7, 'canary')]));
    expect(bytes).toEqual(jpeg());
    expect(found).toEqual([
      { what: 'image-metadata', where: 'picture', value: 'segment f7 canary' },
    ]);
  });

  it.each([
    ['a TIFF with an old JPEG', oldJpegTiff()],
    ['an EMF+ with another picture', picturedEmf()],
    ['an EMF with a PNG for the printer', printedEmf()],
    ['PostScript in a metafile', postscriptSvm()],
    ['PostScript', Buffer.from('%!PS-Adobe-3.0 EPSF-3.0\n%%Creator: somebody')],
    ['a packed metafile', Buffer.from('1f8b0800000000000003'.padEnd(60, '0'), 'hex')],
    ['a drawing of no known language', Buffer.from('<svg><title>nobody</title></svg>')],
    [
      'a BMP with a JPEG',
      Buffer.from(`BM${'\0'.repeat(12)}\x28${'\0'.repeat(15)}\x04${'\0'.repeat(40)}`),
    ],
  ])('%s is refused by name', (_, bytes) => {
    expect(refusal(bytes)).toEqual({
      code: 'unscrubbable',
      facts: { part: 'word/media/image1', mend: 'replace the picture by a PNG or JPEG' },
    });
  });

  it.each(Object.entries(TELLING_PICTURES))(
    '%s that breaks off anywhere is no fault of ours',
    (_, make) => {
      const original = make((place) => place);
      const codes = new Set<string | undefined>();
      for (let length = 16; length < original.length; length += 7) {
        codes.add(refusal(original.subarray(0, length))?.code);
      }
      const allowed = [undefined, 'damaged-file', 'unscrubbable'];
      expect([...codes].filter((code) => !allowed.includes(code))).toEqual([]);
    },
  );
});

describe('what cannot be looked at here', () => {
  it('TIFF: its pages are there, without the smaller copy', () => {
    for (const isLittle of [true, false]) {
      const { bytes } = scrubbed(tellingTiff((place) => place, isLittle));
      const read = (at: number, length: 2 | 4) =>
        isLittle ? bytes.readUIntLE(at, length) : bytes.readUIntBE(at, length);
      const pages: Record<number, number>[] = [];
      for (let at = read(4, 4); at > 0; at = read(at + 2 + 12 * read(at, 2), 4)) {
        const tags = Array.from({ length: read(at, 2) }, (_, index) => {
          const entry = at + 2 + 12 * index;
          const isShort = read(entry + 2, 2) === 3 && read(entry + 4, 4) === 1;
          return [read(entry, 2), read(entry + 8, isShort ? 2 : 4)] as const;
        });
        pages.push(Object.fromEntries(tags));
      }
      expect(pages).toMatchObject([
        { 256: 2, 257: 2, 279: 4 },
        { 256: 1, 257: 1, 279: 1 },
      ]);
      const pixels = pages.map(({ 273: from = 0, 279: length = 0 }) => [
        ...bytes.subarray(from, from + length),
      ]);
      expect(pixels).toEqual([[10, 20, 30, 40], [50]]);
    }
  });

  it('BMP: its header names no profile any more', () => {
    const { bytes } = scrubbed(tellingBmp((place) => place));
    expect(bytes.toString('latin1', 70, 74)).toBe('BGRs');
    expect([bytes.readUInt32LE(126), bytes.readUInt32LE(130)]).toEqual([0, 0]);
    expect([bytes.readUInt32LE(2), bytes.readUInt32LE(10)]).toEqual([bytes.length, 138]);
  });

  it('EMF and WMF: what draws is there, and their heads say how much that is', () => {
    const emf = scrubbed(tellingEmf((place) => place)).bytes;
    const types: number[] = [];
    for (let at = 0; at < emf.length; at += emf.readUInt32LE(at + 4))
      types.push(emf.readUInt32LE(at));
    expect(types).toEqual([1, 43, 14]);
    expect([emf.readUInt32LE(48), emf.readUInt32LE(52)]).toEqual([emf.length, 3]);
    const plus = scrubbed(plusEmf((place) => place)).bytes;
    expect(plus.readUInt32LE(52)).toBe(4);
    expect(plus.toString('latin1').split('EMF+')).toHaveLength(3);

    const wmf = scrubbed(tellingWmf((place) => place)).bytes;
    const kinds: number[] = [];
    for (let at = 40; at < wmf.length; at += 2 * wmf.readUInt32LE(at))
      kinds.push(wmf.readUInt16LE(at + 4));
    expect(kinds).toEqual([0x0103, 0x041b, 0]);
    expect([2 * wmf.readUInt32LE(28), wmf.readUInt32LE(34)]).toEqual([wmf.length - 22, 7]);
  });
});

const GREY = 0x77;

describeInBrowser('in a browser', () => {
  /** The size of a picture and its pixels, as Chromium draws them on grey. */
  const LOOK = `async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const context = canvas.getContext('2d');
    context.fillStyle = 'rgb(${GREY} ${GREY} ${GREY})';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0);
    return [canvas.width, canvas.height, ...context.getImageData(0, 0, canvas.width, canvas.height).data];
  }`;

  it('the copy looks as the original', async () => {
    const browser = await openBrowser({ width: 300, height: 300 });
    try {
      const page = await browser.context.newPage();
      const look = (bytes: Buffer, mediaType: string) => {
        const address = `data:${mediaType};base64,${bytes.toString('base64')}`;
        return page.evaluate<number[]>(`(${LOOK})(${JSON.stringify(address)})`);
      };
      for (const [name, make] of Object.entries(TELLING_PICTURES)) {
        if (/tiff|emf|wmf|svm/.test(name)) continue;
        const original = make((place) => place.replaceAll(/\W/g, ''));
        const { bytes, kind } = scrubbed(original);
        const [before, after] = [
          await look(original, kind.mediaType),
          await look(bytes, kind.mediaType),
        ];
        expect([name, after]).toEqual([name, before]);
        const isDrawn = after.slice(2).some((value, at) => at % 4 !== 3 && value !== GREY);
        expect([name, isDrawn]).toEqual([name, true]);
      }
    } finally {
      await browser.close();
    }
  });
});
