import { describe, expect, it } from '@jest/globals';
import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { docx, plainDocx } from '../../../test/factories/word.js';
import { odt } from '../../../test/factories/open-document.js';
import { FORMATS } from './format.js';
import { FormatRefused } from './format-refused.js';
import { formatOfPackage, sniff } from './sniff.js';
import { readZip, writeZip } from './zip.js';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const ole = (name: string) =>
  Buffer.concat([
    latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
    Buffer.alloc(504),
    Buffer.from(name, 'utf16le'),
  ]);

async function refused(look: () => unknown): Promise<object> {
  try {
    return { taken: await look() };
  } catch (error) {
    if (error instanceof FormatRefused) return { code: error.code, facts: error.facts };
    throw error;
  }
}

describe('what a file is, by its bytes', () => {
  it.each([
    ['a report', 'I. Introduction\r\n\tSlovenia – “Ljubljana” §1\f\n'],
    ['a script, which nothing here runs', '#!/bin/sh\necho hello\n'],
    ['letters that programs begin with too', 'MZ is short for Marzo'],
    ['a text about a format', 'The file must begin with %PDF-1.7 or <html>.'],
  ])('text: %s', (_, text) => {
    expect(sniff(Buffer.from(text))).toBe('text');
  });

  it.each([
    ['executable-file', 'application/x-elf', latin1('\x7fELF\x02\x01\x01\0')],
    [
      'executable-file',
      'application/vnd.microsoft.portable-executable',
      latin1('MZ\x90\0\x03\0\0\0'),
    ],
    ['executable-file', 'application/x-mach-binary', latin1('\xcf\xfa\xed\xfe\x07\0\0\x01')],
    ['image-file', 'image/png', latin1('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
    ['image-file', 'image/jpeg', latin1('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['image-file', 'image/gif', latin1('GIF89a\x01\0')],
    ['image-file', 'image/tiff', latin1('II*\0\x08\0\0\0')],
    ['image-file', 'image/webp', latin1('RIFF\x10\0\0\0WEBPVP8 ')],
    ['image-file', 'image/heif', latin1('\0\0\0\x18ftypheic\0\0\0\0')],
    ['old-format', 'application/rtf', latin1('{\\rtf1\\ansi Hello}')],
    ['old-format', 'application/msword', ole('WordDocument')],
    ['encrypted-file', FORMATS.docx, ole('EncryptedPackage')],
    ['unsupported-type', 'application/x-ole-storage', ole('Workbook')],
    ['unsupported-type', 'text/html', latin1('\n <!DOCTYPE html><html lang="en">')],
    ['unsupported-type', 'text/html', latin1('\xef\xbb\xbf<HTML>')],
    ['unsupported-type', 'application/xml', latin1('<?xml version="1.0"?><a/>')],
    ['unsupported-type', 'application/gzip', gzipSync('hello')],
  ])('%s: %s', async (code, found, bytes) => {
    expect(await refused(() => sniff(bytes))).toMatchObject({ code, facts: { found } });
  });

  it('is told from what it was said to be', async () => {
    const differs = (declared: string, found: string) => ({
      code: 'type-differs',
      facts: { declared, found },
    });
    const pdf = latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj');
    expect(sniff(pdf)).toBe('pdf');
    expect(sniff(pdf, FORMATS.pdf)).toBe('pdf');
    expect(await refused(() => sniff(pdf, FORMATS.text))).toEqual(
      differs(FORMATS.text, FORMATS.pdf),
    );
    const text = Buffer.from('words');
    expect(await refused(() => sniff(text, FORMATS.pdf))).toEqual(
      differs(FORMATS.pdf, FORMATS.text),
    );
    const noise = latin1('\x01\x02\0\x03');
    expect(await refused(() => sniff(noise, FORMATS.docx))).toEqual(
      differs(FORMATS.docx, 'application/octet-stream'),
    );
    const word = await readZip(await plainDocx('words'));
    expect(await refused(() => formatOfPackage(word, FORMATS.odt))).toEqual(
      differs(FORMATS.odt, FORMATS.docx),
    );
    const script = Buffer.from('#!/bin/sh\nrm -rf ~\n');
    expect(await refused(() => sniff(script, FORMATS.pdf))).toMatchObject({
      code: 'executable-file',
    });
  });

  const packageOf = async (bytes: Promise<Buffer>) => formatOfPackage(await readZip(await bytes));
  const zipOf = (...entries: [string, string][]) =>
    writeZip(entries.map(([name, content]) => [name, Buffer.from(content)]));

  it('tells packages apart by their entries', async () => {
    expect(await packageOf(plainDocx('words'))).toBe('docx');
    expect(await packageOf(odt({ body: '' }))).toBe('odt');
    const sheet = 'spreadsheetml.sheet.main+xml';
    const others = [
      [zipOf(['notes.txt', 'words']), 'application/zip'],
      [zipOf(['[Content_Types].xml', sheet]), expect.stringContaining('spreadsheetml')],
      [
        zipOf(['mimetype', 'application/vnd.oasis.opendocument.spreadsheet']),
        'application/vnd.oasis.opendocument.spreadsheet',
      ],
      [zipOf(['mimetype', 'application/epub+zip']), 'application/epub+zip'],
    ] as const;
    for (const [bytes, found] of others) {
      const answer = await refused(() => packageOf(bytes));
      expect(answer).toEqual({ code: 'unsupported-type', facts: { found } });
    }
  });

  it('refuses packages that do something, or are locked', async () => {
    const macro = { 'word/vbaProject.bin': 'x' };
    const active = [
      docx({ body: '', more: macro }),
      docx({ body: '', more: { 'word/activeX/activeX1.xml': '<x/>' } }),
      odt({ body: '', more: { 'Basic/Standard/Module1.xml': '<x/>' } }),
      odt({ body: '', more: { 'Scripts/python/x.py': 'x' } }),
    ];
    for (const bytes of active) {
      expect(await refused(() => packageOf(bytes))).toMatchObject({ code: 'active-content' });
    }
    const types = 'application/vnd.ms-word.document.macroEnabled.main+xml';
    const docm = zipOf(['[Content_Types].xml', types], ['word/document.xml', '<x/>']);
    expect(await refused(() => packageOf(docm))).toMatchObject({ code: 'active-content' });
    const manifest = { 'META-INF/manifest.xml': '<m:encryption-data m:checksum="x"/>' };
    expect(await refused(() => packageOf(odt({ body: '', more: manifest })))).toEqual({
      code: 'encrypted-file',
      facts: { found: FORMATS.odt },
    });
  });
});
