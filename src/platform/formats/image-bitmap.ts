import type { Findings } from './findings.js';
import { unscrubbablePicture } from './format-refused.js';

const FILE_HEADER = 14;
/** Lengths of the headers of Windows, and of the first of OS/2 (12). */
const HEADERS = new Set([12, 40, 52, 56, 108, 124]);
const [RGB, RLE8, RLE4, MASKS, ALPHA_MASKS] = [0, 1, 2, 3, 6];
/** `LINK` and `MBED`, as their bytes stand there. */
const PROFILES = new Set(['KNIL', 'DEBM']);
const SRGB = 'BGRs';

/**
 * A BMP written anew: its header, its palette and as many bytes of pixels as it has. A profile
 * inside it, or the path of one, is left out.
 *
 * @throws FormatRefused unscrubbable for kinds that hold another picture, or nobody writes
 */
export function scrubBitmap(bytes: Buffer, where: string, found: Findings): Buffer {
  const size = bytes.readUInt32LE(FILE_HEADER);
  if (!HEADERS.has(size)) throw unscrubbablePicture(where);
  const header = Buffer.from(bytes.subarray(FILE_HEADER, FILE_HEADER + size));
  if (header.length < size) throw new RangeError('header');
  const isOld = size === 12;
  const depth = header.readUInt16LE(isOld ? 10 : 14);
  const compression = isOld ? RGB : header.readUInt32LE(16);
  if (![RGB, RLE8, RLE4, MASKS, ALPHA_MASKS].includes(compression))
    throw unscrubbablePicture(where);
  const from = bytes.readUInt32LE(10);
  let pixels = bytes.subarray(from, from + pixelBytes(header, depth));
  if (compression === RLE8 || compression === RLE4) {
    pixels = bytes.subarray(from, endOfRuns(bytes, from, compression === RLE8));
    header.writeUInt32LE(pixels.length, 20);
  }
  const colours = isOld ? 0 : header.readUInt32LE(32);
  const entries = colours || (depth <= 8 ? 2 ** depth : 0);
  const masks = size === 40 ? { [MASKS]: 12, [ALPHA_MASKS]: 16 }[compression] : 0;
  const tables = (masks ?? 0) + entries * (isOld ? 3 : 4);
  const end = Math.min(FILE_HEADER + size + tables, from);
  if (end < FILE_HEADER + size) throw new RangeError('pixels');
  forgetProfile(header, bytes, where, found);
  const head = Buffer.alloc(FILE_HEADER);
  head.write('BM', 'latin1');
  head.writeUInt32LE(end + pixels.length, 2);
  head.writeUInt32LE(end, 10);
  const whole = Buffer.concat([head, header, bytes.subarray(FILE_HEADER + size, end), pixels]);
  const rest = bytes.length - whole.length;
  if (rest > 0) found.add('image-metadata', where, `${rest} bytes beside it`);
  else if (!whole.equals(bytes)) found.add('image-metadata', where, 'header');
  return whole;
}

function pixelBytes(header: Buffer, depth: number): number {
  const isOld = header.length === 12;
  const width = isOld ? header.readUInt16LE(4) : header.readInt32LE(4);
  const height = isOld ? header.readUInt16LE(6) : Math.abs(header.readInt32LE(8));
  return Math.ceil((width * depth) / 32) * 4 * height;
}

/** Behind the mark that ends pixels which are packed in runs. */
function endOfRuns(bytes: Buffer, from: number, isEight: boolean): number {
  for (let at = from; at + 1 < bytes.length;) {
    const [count, value] = [bytes[at], bytes[at + 1]!];
    at += 2;
    if (count !== 0 || value === 0) continue;
    if (value === 1) return at;
    if (value === 2) at += 2;
    else at += Math.ceil((isEight ? value : value / 2) / 2) * 2;
  }
  return bytes.length;
}

/** A profile stands in the file, or in another one whose path is named. */
function forgetProfile(header: Buffer, bytes: Buffer, where: string, found: Findings): void {
  if (header.length < 108) return;
  if (PROFILES.has(header.toString('latin1', 56, 60))) {
    const from = FILE_HEADER + (header.length === 124 ? header.readUInt32LE(112) : bytes.length);
    found.add('image-metadata', where, `profile: ${bytes.toString('latin1', from, from + 200)}`);
    header.write(SRGB, 56, 'latin1');
  }
  if (header.length === 124) header.fill(0, 112, 124);
}
