import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { checkReprDigest, parseReprDigest } from './digest.js';

const hash = createHash('sha256').update('hello world').digest();
const base64 = hash.toString('base64');
const sha256 = hash.toString('hex');

describe('parseReprDigest', () => {
  it.each([
    ['one member', `sha-256=:${base64}:`],
    ['several algorithms', `sha-512=:AAAA:, sha-256=:${base64}:,unixsum=:MTI=:`],
    ['no padding', `sha-256=:${base64.replace(/=+$/, '')}:`],
    ['parameters', `sha-256=:${base64}:;note=1`],
    ['the last of two', `sha-256=:${'A'.repeat(43)}=:, sha-256=:${base64}:`],
  ])('reads %s', (_, header) => {
    expect(parseReprDigest(header)).toEqual({ sha256 });
  });

  it.each([
    ['no header', undefined],
    ['an empty one', ' '],
    ['unknown algorithms only', 'md5=:AAAA:'],
  ])('finds nothing in %s', (_, header) => {
    expect(parseReprDigest(header)).toEqual({});
  });

  it.each([
    ['hexadecimal digits', `sha-256=${sha256}`],
    ['the older syntax', `SHA-256=${base64}`],
    ['a digest that is too short', 'sha-256=:AAAA:'],
    ['characters that are no base64', `sha-256=:${base64.replace('u', '!')}:`],
    ['a member without a value', 'sha-256'],
    ['a comma too many', `sha-256=:${base64}:,`],
    ['an unknown algorithm in disorder', `md5=abc, sha-256=:${base64}:`],
  ])('refuses %s', (_, header) => {
    expect(parseReprDigest(header)).toMatchObject({ code: 'digest-malformed' });
  });

  it('answers at once however long the header', () => {
    const started = performance.now();
    parseReprDigest(`sha-256=:${'A'.repeat(1_000_000)}`);
    parseReprDigest('a=::;a'.repeat(200_000));
    parseReprDigest(`a=::${';a=b'.repeat(250_000)}!`);
    // A header that made it look back would take minutes; a busy machine takes a second or two.
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe('checkReprDigest', () => {
  it('agrees, or has nothing to compare', () => {
    expect(checkReprDigest(`sha-256=:${base64}:`, sha256)).toBeUndefined();
    expect(checkReprDigest('sha-512=:AAAA:', sha256)).toBeUndefined();
    expect(checkReprDigest(undefined, sha256)).toBeUndefined();
  });

  it('says which digest was announced and which came', () => {
    const other = createHash('sha256').update('hello').digest('hex');
    expect(checkReprDigest(`sha-256=:${base64}:`, other)).toEqual({
      code: 'digest-mismatch',
      facts: { announced: sha256, received: other },
    });
  });

  it('hands on what cannot be read', () => {
    expect(checkReprDigest('sha-256', sha256)).toMatchObject({ code: 'digest-malformed' });
  });
});
