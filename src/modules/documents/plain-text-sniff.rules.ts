import type { Facts } from '../../kernel/refusal.js';

export interface PlainText {
  readonly mediaType: 'text/plain';
  readonly charset: 'utf-8';
}

export interface RefusedFile {
  /** A code of the problem catalogue. */
  readonly refused: string;
  readonly facts: Facts;
}

const allowed = ['text/plain'] as const;
const PLAIN: PlainText = { mediaType: 'text/plain', charset: 'utf-8' };

/** So many control characters in a thousand, and a handful at least, make debris, not text. */
const CONTROLS_PER_THOUSAND = 5;
const CONTROLS_AT_LEAST = 5;

const refuse = (refused: string, facts: Facts = {}): RefusedFile => ({ refused, facts });

const ZIP = 'application/zip';
const DOS = 'MZ';

/** The first bytes, as Latin-1, of what people send instead of text or might smuggle. */
const binaries: readonly (readonly [start: string, type: string])[] = [
  ['PK\x03\x04', ZIP],
  ['PK\x05\x06', ZIP],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
  ['\x7fELF', 'application/x-elf'],
  [DOS, 'application/vnd.microsoft.portable-executable'],
  ['\xfe\xed\xfa\xce', 'application/x-mach-binary'],
  ['\xfe\xed\xfa\xcf', 'application/x-mach-binary'],
  ['\xce\xfa\xed\xfe', 'application/x-mach-binary'],
  ['\xcf\xfa\xed\xfe', 'application/x-mach-binary'],
  ['\xca\xfe\xba\xbe', 'application/x-mach-binary'],
  ['\x1f\x8b', 'application/gzip'],
  ['\x89PNG\r\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['II*\0', 'image/tiff'],
  ['MM\0*', 'image/tiff'],
];

/** Formats that begin with readable characters, in lower case, whatever space stands before. */
const markups: readonly (readonly [start: string, type: string])[] = [
  ['%pdf-', 'application/pdf'],
  ['{\\rtf', 'application/rtf'],
  ['<!doctype html', 'text/html'],
  ['<html', 'text/html'],
  ['<?xml', 'application/xml'],
];

/** What a zip holds, by the names of its first entries. */
function zipType(head: string): string {
  const openDocument = /application\/vnd\.oasis\.opendocument\.[a-z]+/.exec(head)?.[0];
  if (openDocument) return openDocument;
  return head.includes('word/') || head.includes('[Content_Types].xml')
    ? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    : ZIP;
}

function foreignType(bytes: Uint8Array): string | undefined {
  const { buffer, byteOffset, byteLength } = bytes;
  const start = Buffer.from(buffer, byteOffset, Math.min(byteLength, 4096)).toString('latin1');
  const head = start.replace(/^\xef\xbb\xbf/, '');
  const readable = head.trimStart().slice(0, 32).toLowerCase();
  const [signature, type] =
    binaries.find(([first]) => head.startsWith(first)) ??
    markups.find(([first]) => readable.startsWith(first)) ??
    [];
  // A text, too, may begin with these two letters; a program has zeros right behind them.
  if (signature === DOS && !head.slice(0, 128).includes('\0')) return undefined;
  return type === ZIP ? zipType(head) : type;
}

/** Lead byte → how many bytes follow, and the range of the first of them (RFC 3629 §4). */
function following(lead: number): readonly [count: number, low: number, high: number] | undefined {
  if (lead < 0x80) return [0, 0, 0];
  if (lead >= 0xc2 && lead <= 0xdf) return [1, 0x80, 0xbf];
  if (lead >= 0xe0 && lead <= 0xef) {
    return [2, lead === 0xe0 ? 0xa0 : 0x80, lead === 0xed ? 0x9f : 0xbf];
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    return [3, lead === 0xf0 ? 0x90 : 0x80, lead === 0xf4 ? 0x8f : 0xbf];
  }
  return undefined;
}

/** Where UTF-8 is broken: the offset of the first byte of the sequence; -1 where it is sound. */
function brokenAt(bytes: Uint8Array, complete: boolean): number {
  for (let at = 0; at < bytes.length;) {
    const rule = following(bytes[at]!);
    if (!rule) return at;
    const [count, low, high] = rule;
    for (let n = 1; n <= count; n++) {
      const byte = bytes[at + n];
      if (byte === undefined) return complete ? at : -1;
      if (n === 1 ? byte < low || byte > high : (byte & 0xc0) !== 0x80) return at;
    }
    at += count + 1;
  }
  return -1;
}

const isControl = (byte: number): boolean =>
  (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) || byte === 0x7f;

/**
 * Says whether bytes are plain text in UTF-8, by what they are and not by what anybody
 * calls them. A byte order mark is tolerated. A script that begins with `#!` is text: nothing
 * here ever runs or renders a file.
 *
 * @param bytes the whole file, or its beginning with `complete: false`, when a sequence
 *   that the end cuts through is no fault
 * @returns the type, or a refusal: `empty-file`; `unsupported-type` {found, allowed};
 *   `not-utf8` {offset}; `not-text` {offset} of the first NUL or control character
 */
export function sniff(
  bytes: Uint8Array,
  { complete = true }: { complete?: boolean } = {},
): PlainText | RefusedFile {
  if (bytes.length === 0) return refuse('empty-file');

  const found = foreignType(bytes);
  if (found) return refuse('unsupported-type', { found, allowed });

  const first = (bytes[0]! << 8) | (bytes[1] ?? 0);
  if (first === 0xfffe || first === 0xfeff) return refuse('not-utf8', { offset: 0 });

  const nul = bytes.indexOf(0);
  if (nul >= 0) return refuse('not-text', { offset: nul });

  const broken = brokenAt(bytes, complete);
  if (broken >= 0) return refuse('not-utf8', { offset: broken });

  let controls = 0;
  for (const byte of bytes) if (isControl(byte)) controls++;
  if (controls >= CONTROLS_AT_LEAST && controls * 1000 > bytes.length * CONTROLS_PER_THOUSAND) {
    return refuse('not-text', { offset: bytes.findIndex(isControl) });
  }

  if (complete && !/\S/.test(decode(bytes))) return refuse('empty-file');
  return PLAIN;
}

/**
 * The text of a file that `sniff` let through, without its byte order mark.
 *
 * @throws TypeError where the bytes are not UTF-8
 */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
