import { describe, expect, it } from '@jest/globals';
import { crowdedDocx, CROWDED_TEXT } from '../../../test/factories/crowded-docx.js';
import { crowdedOdt, CROWDED_ODT_TEXT } from '../../../test/factories/crowded-odt.js';
import { docx, paragraph } from '../../../test/factories/docx.js';
import { odt } from '../../../test/factories/odt.js';
import { readable, Words } from '../../../test/factories/words.js';
import type { Format } from './format.js';
import type { Line } from './marked-lines.js';
import { readDocx } from './read-docx.js';
import { readOdt } from './read-odt.js';
import { scrub } from './scrub.js';
import { readZip } from './zip.js';

const textOf = (lines: readonly Line[]): string =>
  lines
    .map(({ text }) => text)
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

describe.each<[Format, typeof crowdedDocx, typeof readDocx, string]>([
  ['docx', crowdedDocx, readDocx, CROWDED_TEXT],
  ['odt', crowdedOdt, readOdt, CROWDED_ODT_TEXT],
])('what programs leave in a document: %s', (format, make, read, text) => {
  const words = new Words();
  const made = make(words.plant);

  it('is not in the copy, in which our reader finds the words that are read', async () => {
    const original = await made;
    const before = await readZip(original);
    expect(words.in(...[...before.values()].flatMap(readable), ...before.keys())).toEqual(
      words.places(),
    );
    const { bytes } = await scrub(format, original);
    const after = await readZip(bytes);
    expect(words.in(...[bytes, ...after.values()].flatMap(readable), ...after.keys())).toEqual([]);
    expect(textOf(read(after))).toBe(text);
    expect(await scrub(format, bytes)).toEqual({ bytes, found: [] });
  });

  it('identifiers of edits and of documents are not either', async () => {
    const after = await readZip((await scrub(format, await made)).bytes);
    const all = [...after.values()].map(String).join('');
    expect(all).not.toMatch(/00C0FFEE|rsid|docId|paraId|2024-01-02/i);
    expect(all).not.toMatch(/file:|C:\\|Users/);
  });
});

it('a prefix that a Word document no longer declares is not asked for either', async () => {
  const { bytes } = await scrub('docx', await crowdedDocx((place) => place));
  const document = String((await readZip(bytes)).get('word/document.xml'));
  expect(document).toContain('mc:Ignorable="w14"');
});

it('a picture that leads to a file stays where it is, and leads nowhere', async () => {
  const { bytes } = await scrub('odt', await crowdedOdt((place) => place));
  const content = String((await readZip(bytes)).get('content.xml'));
  expect(content.split('xlink:href="Pictures/image1.png"')).toHaveLength(3);
  expect(content).not.toContain('draw:a');
});

describe('what cannot be told from what is read', () => {
  it.each([
    ['a document in a document', 'docx', docx(`${paragraph('Seen.')}<w:altChunk r:id="x"/>`)],
    [
      'a picture in the text',
      'odt',
      odt(
        '<text:p><draw:frame><draw:image><office:binary-data>AAAA</office:binary-data></draw:image></draw:frame></text:p>',
      ),
    ],
    [
      'a hidden column',
      'odt',
      odt('<table:table><table:table-column table:visibility="collapse"/></table:table>'),
    ],
  ] as [string, Format, Promise<Buffer>][])(
    '%s: the file is refused by name',
    async (_, format, made) => {
      await expect(scrub(format, await made)).rejects.toMatchObject({
        code: 'unscrubbable',
        facts: {
          part: expect.stringMatching(/^(word\/document|content)\.xml$/),
          mend: expect.any(String),
        },
      });
    },
  );
});
