import { describe, expect, it } from '@jest/globals';
import { textOfDocx } from '../../../test/factories/docx.js';
import { textOfOdt } from '../../../test/factories/odt.js';
import { Words } from '../../../test/factories/words.js';
import { tellingDocx, TOLD_TEXT } from '../../../test/factories/telling-docx.js';
import { tellingOdt, TOLD_ODT_TEXT } from '../../../test/factories/telling-odt.js';
import type { Finding } from './finding.js';
import { scrub } from './scrub.js';
import { readZip } from './zip.js';

/** What is found where something has no short text: a picture, a program, a part of its own. */
const byPlace = (found: readonly Finding[]) =>
  new Set(found.filter(({ value }) => value === null).map(({ what, where }) => `${what} ${where}`));

describe('scrub a Word document', () => {
  it('takes out everything that tells, says what it was, and leaves the text', async () => {
    const words = new Words();
    const original = await tellingDocx(words.plant);
    const parts = await readZip(original);
    expect(words.in(...parts.values(), ...parts.keys())).toEqual(words.places());

    const { bytes, found } = await scrub('docx', original);
    const copied = await readZip(bytes);
    expect(words.in(bytes, ...copied.values(), ...copied.keys())).toEqual([]);
    expect(textOfDocx(copied.get('word/document.xml')!.toString())).toBe(TOLD_TEXT);
    const told = words.in(JSON.stringify(found));
    expect(words.places().filter((place) => !told.includes(place))).toEqual([
      'deleted row',
      'xml comment',
      'thumbnail',
      'comment id',
      'document id',
      'orphaned note',
      'embedded object',
      'printer',
      'loose file',
    ]);
    expect(byPlace(found)).toEqual(
      new Set([
        'thumbnail docProps/thumbnail.jpeg',
        'comment word/commentsExtended.xml',
        'embedded-file word/embeddings/object.bin',
        'property word/printerSettings/settings.bin',
        'embedded-file word/media/unused.bin',
      ]),
    );
    expect(found).toContainEqual({
      what: 'location',
      where: 'word/media/image1.jpeg',
      value: '46.05000, 14.50000',
    });
    expect(found.filter(({ what }) => what === 'identifier').map(({ value }) => value)).toEqual(
      expect.arrayContaining(['rsidR', 'paraId', 'rsids', 'docId']),
    );
    expect(await scrub('docx', bytes)).toEqual({ bytes, found: [] });
  });
});

describe('scrub an OpenDocument text', () => {
  it('takes out everything that tells, says what it was, and leaves the text', async () => {
    const words = new Words();
    const original = await tellingOdt(words.plant);
    const parts = await readZip(original);
    expect(words.in(...parts.values(), ...parts.keys())).toEqual(words.places());

    const { bytes, found } = await scrub('odt', original);
    const copied = await readZip(bytes);
    expect(words.in(bytes, ...copied.values(), ...copied.keys())).toEqual([]);
    expect(textOfOdt(copied.get('content.xml')!.toString())).toBe(TOLD_ODT_TEXT);
    expect(copied.get('settings.xml')!.toString()).toContain('AddParaTableSpacing');
    const told = words.in(JSON.stringify(found));
    // LibreOffice's own pictures are full of comments that say nothing.
    expect(words.places().filter((place) => !told.includes(place))).toEqual([
      'xml comment',
      'embedded object',
      'metafile comment',
      'thumbnail',
      'configuration',
      'macro',
      'rdf',
      'signature',
      'layout cache',
      'loose file',
    ]);
    expect(byPlace(found)).toEqual(
      new Set([
        'embedded-file Object 1/content.xml',
        'thumbnail Thumbnails/thumbnail.png',
        'property Configurations2/menubar/menu.xml',
        'script Basic/Standard/Module1.xml',
        'property manifest.rdf',
        'author META-INF/documentsignatures.xml',
        'embedded-file loose.bin',
      ]),
    );
    expect(await scrub('odt', bytes)).toEqual({ bytes, found: [] });
  });
});
