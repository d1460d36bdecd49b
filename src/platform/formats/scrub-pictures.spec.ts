import { describe, expect, it } from '@jest/globals';
import { docx, paragraph } from '../../../test/factories/docx.js';
import { odt } from '../../../test/factories/odt.js';
import { TELLING_PICTURES } from '../../../test/factories/telling-pictures.js';
import { readable, Words } from '../../../test/factories/words.js';
import type { Format } from './format.js';
import { inspect } from './inspect.js';
import { scrub } from './scrub.js';
import { FORMATS } from './format.js';
import { readZip } from './zip.js';

const POSTSCRIPT = Buffer.from('%!PS-Adobe-3.0 EPSF-3.0\n%%For: somebody');

/** A Word document with these pictures, as programs name them: by what they think they are. */
const wordWith = (pictures: readonly Buffer[]): Promise<Buffer> =>
  docx(
    paragraph('Seen by all.') +
      pictures
        .map(
          (_, n) =>
            `<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="p${n}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
        )
        .join(''),
    {
      parts: pictures.map((content, n) => ({
        name: `word/media/image${n}.png`,
        kind: 'image',
        id: `p${n}`,
        content,
      })),
    },
  );
const openWith = (pictures: readonly Buffer[]): Promise<Buffer> =>
  odt(
    `<text:p>Seen by all.</text:p>${pictures.map((_, n) => `<text:p><draw:frame><draw:image xlink:href="Pictures/p${n}"/></draw:frame></text:p>`).join('')}`,
    { entries: Object.fromEntries(pictures.map((content, n) => [`Pictures/p${n}`, content])) },
  );

describe.each<[Format, (pictures: readonly Buffer[]) => Promise<Buffer>]>([
  ['docx', wordWith],
  ['odt', openWith],
])('pictures in a document: %s', (format, make) => {
  it('of every kind come back without what they told, as what they are', async () => {
    const words = new Words();
    const pictures = Object.entries(TELLING_PICTURES);
    const original = await make(pictures.map(([, draw]) => draw(words.plant)));
    const { bytes, found } = await scrub(format, original);
    const parts = await readZip(bytes);
    expect(words.in(...[bytes, ...parts.values()].flatMap(readable))).toEqual([]);
    const endings = [...parts.keys()].flatMap((name) => /image\d+\.(\w+)$/.exec(name)?.[1] ?? []);
    expect(endings.length).toBe(pictures.length);
    pictures.forEach(([name], at) => expect(name).toContain(endings[at]));
    expect(found.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['author', 'location', 'thumbnail', 'image-metadata', 'script']),
    );
    expect(await scrub(format, bytes)).toEqual({ bytes, found: [] });
    const read = await inspect(bytes, FORMATS[format]);
    expect([read.text.trim(), read.copy]).toEqual(['Seen by all.', null]);
  });

  it('of a kind that nobody can look through are refused by their part', async () => {
    await expect(scrub(format, await make([POSTSCRIPT]))).rejects.toMatchObject({
      code: 'unscrubbable',
      facts: { part: expect.stringMatching(/^(word\/media\/image0\.png|Pictures\/p0)$/) },
    });
  });
});
