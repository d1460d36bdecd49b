import { Buffer } from 'node:buffer';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode, sniff } from './plain-text-sniff.rules.js';

const plain = { mediaType: 'text/plain', charset: 'utf-8' };
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const entry = (name: string) =>
  Buffer.concat([latin1('PK\x03\x04\x14\0\0\0\x08\0'), Buffer.alloc(20), Buffer.from(name)]);

describe('sniff', () => {
  it.each([
    ['a report', 'I. Introduction\r\n\tSlovenia – “Ljubljana” §1\f\n'],
    ['six languages', 'Report Rapport Informe Доклад تقرير 报告'],
    ['a byte order mark', '\uFEFFReport'],
    ['a script, which nothing here runs', '#!/bin/sh\necho hello\n'],
    ['letters that programs begin with too', 'MZ is short for Marzo'],
    ['a stray control character', `Title\u0007 ${'and so on '.repeat(3)}`],
    ['a text about a format', 'The file must begin with %PDF-1.7 or <html>.'],
    ['one character', 'a'],
  ])('takes %s', (_, text) => {
    expect(sniff(Buffer.from(text))).toEqual(plain);
  });

  it.each([
    ['application/pdf', latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj')],
    ['application/pdf', latin1('\n\n%PDF-1.4 and all of it readable')],
    ['application/zip', Buffer.concat([entry('a.txt'), deflateRawSync('hello')])],
    ['application/zip', latin1('PK\x05\x06' + '\0'.repeat(18))],
    [
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      entry('[Content_Types].xml'),
    ],
    [
      'application/vnd.oasis.opendocument.text',
      entry('mimetypeapplication/vnd.oasis.opendocument.textPK'),
    ],
    ['application/x-ole-storage', latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest')],
    ['application/rtf', latin1('{\\rtf1\\ansi Hello}')],
    ['text/html', latin1('\n <!DOCTYPE html><html lang="en">')],
    ['text/html', latin1('\xef\xbb\xbf<HTML>')],
    ['application/xml', latin1('<?xml version="1.0"?><a/>')],
    ['application/x-elf', latin1('\x7fELF\x02\x01\x01\0')],
    ['application/vnd.microsoft.portable-executable', latin1('MZ\x90\0\x03\0\0\0')],
    ['application/x-mach-binary', latin1('\xcf\xfa\xed\xfe\x07\0\0\x01')],
    ['application/gzip', gzipSync('hello')],
    ['image/png', latin1('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
    ['image/jpeg', latin1('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['image/gif', latin1('GIF89a\x01\0')],
    ['image/tiff', latin1('II*\0\x08\0\0\0')],
  ])('names %s in its refusal', (found, bytes) => {
    expect(sniff(bytes)).toEqual({
      refused: 'unsupported-type',
      facts: { found, allowed: ['text/plain'] },
    });
  });

  it.each([
    ['Latin-1', latin1('caf\xe9 au lait'), 3],
    ['an overlong form', latin1('ab\xc0\xaf'), 2],
    ['an overlong form of three bytes', latin1('\xe0\x80\xaf'), 0],
    ['half of a surrogate pair', latin1('a\xed\xa0\x80'), 1],
    ['a character beyond Unicode', latin1('abc\xf4\x90\x80\x80'), 3],
    ['a continuation byte alone', latin1('é \x80'), 0],
    ['an end in the middle of a character', latin1('ab\xe4\xba'), 2],
    ['UTF-16, little-endian', Buffer.from('\uFEFFReport', 'utf16le'), 0],
    ['UTF-16, big-endian', Buffer.from('\uFEFFReport', 'utf16le').swap16(), 0],
  ])('refuses %s as not UTF-8 and says where', (_, bytes, offset) => {
    expect(sniff(bytes)).toEqual({ refused: 'not-utf8', facts: { offset } });
  });

  it('refuses NUL and debris as no text', () => {
    expect(sniff(latin1('some\0text'))).toEqual({ refused: 'not-text', facts: { offset: 4 } });
    expect(sniff(Buffer.from('Report', 'utf16le'))).toMatchObject({ refused: 'not-text' });
    const debris = latin1('ab' + '\x01\x02\x1b\x1c\x7f'.repeat(3));
    expect(sniff(debris)).toEqual({ refused: 'not-text', facts: { offset: 2 } });
  });

  it.each(['', '\uFEFF', ' \r\n\t\f\u00A0\u2003'])('refuses %j as empty', (text) => {
    expect(sniff(Buffer.from(text))).toEqual({ refused: 'empty-file', facts: {} });
  });

  it('forgives the end of a first piece that cuts a character, and nothing else', () => {
    const bytes = Buffer.from('报告');
    for (let end = 1; end < bytes.length; end++) {
      expect(sniff(bytes.subarray(0, end), { complete: false })).toEqual(plain);
    }
    const broken = latin1('\xe6\xe6abc');
    expect(sniff(broken, { complete: false })).toEqual({
      refused: 'not-utf8',
      facts: { offset: 0 },
    });
  });

  it('agrees with a strict decoder on any bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ min: 1, minLength: 1 }),
      fc.string({ unit: 'binary', minLength: 1 }).map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(bytes, (each) => {
        const found = sniff(each);
        if ('mediaType' in found) return typeof decode(each) === 'string';
        if (found.refused !== 'not-utf8') return true;
        const offset = Number(found.facts['offset']);
        expect(() => decode(each)).toThrow('not valid');
        return typeof decode(each.subarray(0, offset)) === 'string';
      }),
      { numRuns: 500 },
    );
  });

  it('reads ten megabytes in a moment, broken at their very end too', () => {
    const bytes = Buffer.from('报告 é a\n'.repeat(1_000_000));
    bytes[bytes.length - 1] = 0xff;
    const started = performance.now();
    expect(sniff(bytes)).toEqual({ refused: 'not-utf8', facts: { offset: bytes.length - 1 } });
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('decode', () => {
  it('takes the byte order mark off and never mends what is broken', () => {
    expect(decode(Buffer.from('\uFEFFReport'))).toBe('Report');
    expect(() => decode(latin1('caf\xe9'))).toThrow('not valid');
  });
});
