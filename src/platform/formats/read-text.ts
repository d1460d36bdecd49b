import { FormatRefused } from './format-refused.js';
import { type Line, MOST_LINES } from './marked-lines.js';

/** So many bytes of text are in no document: the longest report has a tenth of them. */
export const MOST_TEXT = 5_000_000;

/** So many control characters in a thousand, and a handful at least, make debris, not text. */
const CONTROLS_PER_THOUSAND = 5;
const CONTROLS_AT_LEAST = 5;

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
function brokenAt(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length;) {
    const rule = following(bytes[at]!);
    if (!rule) return at;
    const [count, low, high] = rule;
    for (let n = 1; n <= count; n++) {
      const byte = bytes[at + n];
      if (byte === undefined) return at;
      if (n === 1 ? byte < low || byte > high : (byte & 0xc0) !== 0x80) return at;
    }
    at += count + 1;
  }
  return -1;
}

const isControl = (byte: number): boolean =>
  (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) || byte === 0x7f;

/**
 * Holds bytes to being plain text in UTF-8. A byte order mark is tolerated. A script that
 * begins with `#!` is text: nothing here ever runs or renders a file.
 *
 * @throws FormatRefused empty-file; text-too-long {bytes, allowed}; not-utf8 {offset};
 *   not-text {offset} of the first NUL or control character
 */
export function assertText(bytes: Uint8Array): void {
  if (bytes.length > MOST_TEXT) {
    throw new FormatRefused('text-too-long', { bytes: bytes.length, allowed: MOST_TEXT });
  }
  const first = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  if (first === 0xfffe || first === 0xfeff) throw new FormatRefused('not-utf8', { offset: 0 });

  const nul = bytes.indexOf(0);
  if (nul >= 0) throw new FormatRefused('not-text', { offset: nul });

  const broken = brokenAt(bytes);
  if (broken >= 0) throw new FormatRefused('not-utf8', { offset: broken });

  let controls = 0;
  for (const byte of bytes) if (isControl(byte)) controls++;
  if (controls >= CONTROLS_AT_LEAST && controls * 1000 > bytes.length * CONTROLS_PER_THOUSAND) {
    throw new FormatRefused('not-text', { offset: bytes.findIndex(isControl) });
  }
  if (!/\S/.test(decode(bytes))) throw new FormatRefused('empty-file');
}

/**
 * The text of bytes that are UTF-8, without their byte order mark.
 *
 * @throws TypeError where the bytes are not UTF-8
 */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/**
 * The lines of a plain text: a form feed begins a page, a blank line or a drawn rule a gap. A
 * text of more lines than any document stands as one, so that it is counted whole.
 */
export function linesOfText(source: string): Line[] {
  const lines: Line[] = [];
  let page = 0;
  let gap = true;
  const found = source.split(/\r\n?|[\n\u2028\u2029]|(?=\f)/, MOST_LINES + 1);
  if (found.length > MOST_LINES) return [{ text: source, gap, page }];
  for (const text of found) {
    const top = text.startsWith('\f');
    if (top) page++;
    lines.push({ text, gap: gap || top, page });
    gap = !/[\p{L}\p{N}*]/u.test(text);
  }
  return lines;
}
