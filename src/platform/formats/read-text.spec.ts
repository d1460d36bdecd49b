import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Buffer } from 'node:buffer';
import { FormatRefused } from './format-refused.js';
import { assertText, decode, MOST_TEXT } from './read-text.js';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** Nothing where the bytes are text, else the refusal. */
function refusalOf(bytes: Uint8Array): { code: string; facts: object } | null {
  try {
    assertText(bytes);
    return null;
  } catch (error) {
    if (error instanceof FormatRefused) return { code: error.code, facts: error.facts };
    throw error;
  }
}

describe('plain text', () => {
  it.each([
    ['a report', 'I. Introduction\r\n\tSlovenia – “Ljubljana” §1\f\n'],
    ['six languages', 'Report Rapport Informe Доклад تقرير 报告'],
    ['a byte order mark', '\uFEFFReport'],
    ['a script, which nothing here runs', '#!/bin/sh\necho hello\n'],
    ['a stray control character', `Title\u0007 ${'and so on '.repeat(3)}`],
    ['one character', 'a'],
  ])('is %s', (_, text) => {
    expect(refusalOf(Buffer.from(text))).toBeNull();
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
  ])('is not %s, and it is said where', (_, bytes, offset) => {
    expect(refusalOf(bytes)).toEqual({ code: 'not-utf8', facts: { offset } });
  });

  it('is neither NUL nor debris', () => {
    expect(refusalOf(latin1('some\0text'))).toEqual({ code: 'not-text', facts: { offset: 4 } });
    expect(refusalOf(Buffer.from('Report', 'utf16le'))).toMatchObject({ code: 'not-text' });
    const debris = latin1('ab' + '\x01\x02\x1b\x1c\x7f'.repeat(3));
    expect(refusalOf(debris)).toEqual({ code: 'not-text', facts: { offset: 2 } });
  });

  it.each(['\uFEFF', ' \r\n\t\f\u00A0\u2003'])('is more than %j', (text) => {
    expect(refusalOf(Buffer.from(text))).toEqual({ code: 'empty-file', facts: {} });
  });

  it('is as long as a document may be, to the byte', () => {
    expect(refusalOf(Buffer.alloc(MOST_TEXT, 'a '))).toBeNull();
    const facts = { bytes: MOST_TEXT + 1, allowed: MOST_TEXT };
    expect(refusalOf(Buffer.alloc(MOST_TEXT + 1, 'a '))).toEqual({ code: 'text-too-long', facts });
  });

  it('agrees with a strict decoder on any bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ min: 1, minLength: 1 }),
      fc.string({ unit: 'binary', minLength: 1 }).map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(bytes, (each) => {
        const found = refusalOf(each);
        if (!found) return typeof decode(each) === 'string';
        if (found.code !== 'not-utf8') return true;
        const { offset } = found.facts as { offset: number };
        expect(() => decode(each)).toThrow('not valid');
        return typeof decode(each.subarray(0, offset)) === 'string';
      }),
      { numRuns: 500 },
    );
  });

  it('loses its byte order mark and is never mended', () => {
    expect(decode(Buffer.from('\uFEFFReport'))).toBe('Report');
    expect(() => decode(latin1('caf\xe9'))).toThrow('not valid');
  });
});
