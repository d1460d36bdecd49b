import { crc32, inflateSync } from 'node:zlib';
import type { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';
import { readExif, readXmp } from './image-exif.js';

const damaged = (part: string) => new FormatRefused('damaged-file', { part });

/** What decodes and colours a PNG, its animation too. All else is dropped. */
const PNG_KEPT = new Set(
  `IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP mDCV cLLI acTL fcTL fdAT`.split(
    ' ',
  ),
);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

export function scrubPng(bytes: Buffer, where: string, found: Findings): Buffer {
  const kept = [bytes.subarray(0, 8)];
  let at = 8;
  for (let type = ''; type !== 'IEND';) {
    if (at + 12 > bytes.length) throw damaged(where);
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) throw damaged(where);
    type = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, end - 4);
    if (type === 'iCCP') {
      // The profile has a name, which anybody may choose.
      const name = data.subarray(0, data.indexOf(0));
      if (name.toString('latin1') !== 'ICC') found.add('image-metadata', where, name.toString());
      kept.push(chunk(type, Buffer.concat([Buffer.from('ICC'), data.subarray(name.length)])));
    } else if (PNG_KEPT.has(type)) kept.push(bytes.subarray(at, end));
    else tellPng(type, data, where, found);
    at = end;
  }
  if (at < bytes.length) found.add('image-metadata', where, `${bytes.length - at} bytes behind it`);
  return Buffer.concat(kept);
}

function tellPng(type: string, data: Buffer, where: string, found: Findings): void {
  if (type === 'eXIf') readExif(data, where, found);
  if (!/^(tEXt|zTXt|iTXt)$/.test(type)) return found.add('image-metadata', where, type);
  const end = data.indexOf(0);
  const key = data.toString('latin1', 0, end);
  if (/xmp/i.test(key)) return readXmp(data, where, found);
  const packed = type === 'zTXt';
  const text = packed ? inflated(data.subarray(end + 2)) : data.subarray(end + 1).toString();
  found.add(/^(author|artist)$/i.test(key) ? 'author' : 'image-metadata', where, `${key}: ${text}`);
}

function inflated(data: Buffer): string {
  try {
    return inflateSync(data, { maxOutputLength: 100_000 }).toString('latin1');
  } catch {
    return '';
  }
}

export function scrubGif(bytes: Buffer, where: string, found: Findings): Buffer {
  const table = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + table(bytes[10] ?? 0);
  const kept = [bytes.subarray(0, at)];
  for (;;) {
    const from = at;
    const sign = bytes[at];
    if (sign === 0x3b) break;
    if (sign === 0x2c) at += 11 + table(bytes[at + 9] ?? 0);
    else if (sign === 0x21) at += 2;
    else throw damaged(where);
    while (bytes[at]) at += 1 + bytes[at]!;
    at += 1;
    if (at > bytes.length) throw damaged(where);
    const block = bytes.subarray(from, at);
    if (sign === 0x2c || neededOf(block)) kept.push(block);
    else if (block.includes('XMP DataXMP')) readXmp(block, where, found);
    else found.add('image-metadata', where, block.toString('utf8', 3));
  }
  if (at + 1 < bytes.length) {
    found.add('image-metadata', where, `${bytes.length - at - 1} bytes behind it`);
  }
  return Buffer.concat([...kept, Buffer.of(0x3b)]);
}

/** The timing of a frame, or how often the animation repeats. */
const neededOf = (block: Buffer): boolean =>
  (block[1] === 0xf9 && block.length === 8) ||
  (block[1] === 0xff &&
    /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(block.toString('latin1', 3, 14)) &&
    block.length === 19);

const WEBP_KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const [WEBP_EXIF, WEBP_XMP] = [0x08, 0x04];

export function scrubWebp(bytes: Buffer, where: string, found: Findings): Buffer {
  const kept: Buffer[] = [];
  const end = Math.min(8 + bytes.readUInt32LE(4), bytes.length);
  for (let at = 12; at + 8 <= end;) {
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    if (at + 8 + length > end) throw damaged(where);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (WEBP_KEPT.has(type)) {
      const block = Buffer.from(bytes.subarray(at, next));
      if (type === 'VP8X') block[8]! &= ~(WEBP_EXIF | WEBP_XMP);
      kept.push(block);
    } else if (type === 'EXIF') {
      const from = data.subarray(0, 4).toString('latin1') === 'Exif' ? 6 : 0;
      readExif(data.subarray(from), where, found);
      found.add('image-metadata', where, 'EXIF');
    } else if (type === 'XMP ') readXmp(data, where, found);
    else found.add('image-metadata', where, type);
    at = next;
  }
  if (end < bytes.length)
    found.add('image-metadata', where, `${bytes.length - end} bytes behind it`);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  const body = Buffer.concat(kept);
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}
