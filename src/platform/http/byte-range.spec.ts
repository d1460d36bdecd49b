import { describe, expect, it } from '@jest/globals';
import { rangeOf } from './byte-range.js';

const file = { bytes: 100, etag: '"abc"' };
const range = (value: string | undefined, unless?: string) =>
  rangeOf({ range: value, ...(unless !== undefined && { 'if-range': unless }) }, file);

describe('rangeOf', () => {
  it.each([
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=90-1000', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=99-99', { start: 99, end: 99 }],
  ])('reads %s', (value, expected) => {
    expect(range(value)).toEqual(expected);
  });

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0'])('cannot satisfy %s', (value) => {
    expect(range(value)).toBe('unsatisfiable');
  });

  it.each([
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=9-0',
    'bytes=0-1,5-6',
    'lines=0-9',
    'bytes=a-b',
  ])('sends all for %s', (value) => {
    expect(range(value)).toBeUndefined();
  });

  it('sends all of a file that has changed since', () => {
    expect(range('bytes=0-9', '"abc"')).toEqual({ start: 0, end: 9 });
    expect(range('bytes=0-9', '"abd"')).toBeUndefined();
    expect(range('bytes=0-9', 'W/"abc"')).toBeUndefined();
    expect(range('bytes=100-', '"abd"')).toBeUndefined();
  });

  it('has nothing to give of an empty file', () => {
    expect(rangeOf({ range: 'bytes=0-' }, { bytes: 0, etag: '""' })).toBe('unsatisfiable');
  });
});
