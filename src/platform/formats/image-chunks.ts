import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';
import { readExif, readXmp } from './image-exif.js';
import { scrubProfile } from './image-profile.js';

/** More than any profile has. */
const MAX_INFLATED = 8 * 1024 * 1024;

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
    if (type === 'iCCP') kept.push(...profileChunk(data, where, found));
    else if (PNG_KEPT.has(type)) kept.push(bytes.subarray(at, end));
    else tellPng(type, data, where, found);
    at = end;
  }
  if (at < bytes.length) found.add('image-metadata', where, `${bytes.length - at} bytes behind it`);
  return Buffer.concat(kept);
}

/** The profile has a name, which anybody may choose. */
function profileChunk(data: Buffer, where: string, found: Findings): Buffer[] {
  const end = data.indexOf(0);
  const name = data.toString('latin1', 0, end);
  if (name !== 'ICC') found.add('image-metadata', where, name);
  const profile = inflated(data.subarray(end + 2));
  const plain = scrubProfile(profile, where, found);
  if (!plain) return [];
  const packed = plain.equals(profile) ? data.subarray(end + 2) : deflateSync(plain);
  return [chunk('iCCP', Buffer.concat([Buffer.from('ICC\0\0', 'latin1'), packed]))];
}

function tellPng(type: string, data: Buffer, where: string, found: Findings): void {
  if (type === 'eXIf') readExif(data, where, found);
  if (!/^(tEXt|zTXt|iTXt)$/.test(type)) return found.add('image-metadata', where, type);
  const end = data.indexOf(0);
  const key = data.toString('latin1', 0, end);
  if (/xmp/i.test(key)) return readXmp(data, where, found);
  const packed = type === 'zTXt';
  const text = packed
    ? inflated(data.subarray(end + 2)).toString('latin1')
    : data.subarray(end + 1).toString();
  found.add(/^(author|artist)$/i.test(key) ? 'author' : 'image-metadata', where, `${key}: ${text}`);
}

/** Nothing where it is broken, or too much. */
function inflated(data: Buffer): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: MAX_INFLATED });
  } catch {
    return Buffer.of();
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

const WEBP_KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM']);
const [WEBP_PROFILE, WEBP_EXIF, WEBP_XMP] = [0x20, 0x08, 0x04];
/** Of a frame: where it is drawn and how long it stands. Behind that are chunks again. */
const FRAME_HEAD = 16;

export function scrubWebp(bytes: Buffer, where: string, found: Findings): Buffer {
  const end = Math.min(8 + bytes.readUInt32LE(4), bytes.length);
  const kept = webpChunks(bytes.subarray(12, end), where, found);
  if (end < bytes.length)
    found.add('image-metadata', where, `${bytes.length - end} bytes behind it`);
  const [first] = kept;
  if (first?.toString('latin1', 0, 4) === 'VP8X') {
    first[8]! &= ~(WEBP_EXIF | WEBP_XMP);
    if (!kept.some((each) => each.toString('latin1', 0, 4) === 'ICCP')) first[8]! &= ~WEBP_PROFILE;
  }
  return riff('RIFF', Buffer.concat([Buffer.from('WEBP'), ...kept]));
}

function webpChunks(bytes: Buffer, where: string, found: Findings): Buffer[] {
  const kept: Buffer[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    if (at + 8 + length > bytes.length) throw damaged(where);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (WEBP_KEPT.has(type)) kept.push(riff(type, data));
    else if (type === 'ANMF') {
      const frame = webpChunks(data.subarray(FRAME_HEAD), where, found);
      kept.push(riff(type, Buffer.concat([data.subarray(0, FRAME_HEAD), ...frame])));
    } else if (type === 'ICCP') {
      const profile = scrubProfile(data, where, found);
      if (profile) kept.push(riff(type, profile));
    } else tellWebp(type, data, where, found);
    at += 8 + length + (length % 2);
  }
  return kept;
}

function tellWebp(type: string, data: Buffer, where: string, found: Findings): void {
  if (type === 'XMP ') return readXmp(data, where, found);
  if (type === 'EXIF') {
    const from = data.subarray(0, 4).toString('latin1') === 'Exif' ? 6 : 0;
    readExif(data.subarray(from), where, found);
  }
  found.add('image-metadata', where, type);
}

/** A chunk, of an even length. */
function riff(type: string, data: Buffer): Buffer {
  const whole = Buffer.alloc(8 + data.length + (data.length % 2));
  whole.write(type, 'latin1');
  whole.writeUInt32LE(data.length, 4);
  data.copy(whole, 8);
  return whole;
}
