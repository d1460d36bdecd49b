import { describe, expect, it } from '@jest/globals';
import { decode, openFolder } from './folder.js';
import { InputFault } from './input-fault.js';

describe('a file’s bytes', () => {
  it('must be text', () => {
    const codeOf = (bytes: Uint8Array): unknown => {
      try {
        return decode('a.txt', bytes);
      } catch (error) {
        return (error as InputFault).code;
      }
    };
    expect(codeOf(Buffer.from(' \n'))).toBe('document-empty');
    expect(codeOf(Buffer.from([0x41, 0xff]))).toBe('document-unreadable');
    expect(codeOf(Buffer.from('a\0b'))).toBe('document-unreadable');
    expect(codeOf(Buffer.from('\uFEFFa\r\nb\fc'))).toBe('a\nb\nc');
  });

  it('must lie in a folder', () => {
    expect(() => openFolder('/nowhere/at/all')).toThrow(/^folder-missing: /);
  });
});
