import type { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';
import { scrubProfile } from './image-profile.js';

const damaged = (part: string) => new FormatRefused('damaged-file', { part });

/** Of the file, and of its header: what decodes and colours the picture (ISO 15444-1, annex I). */
const BOXES = new Set(['jP  ', 'ftyp', 'rreq', 'jp2c']);
const IN_HEADER = new Set(['ihdr', 'bpcc', 'pclr', 'cmap', 'cdef', 'res ']);
/** A colour specification that holds a profile, rather than a number. */
const BY_PROFILE = 2;
const [SOC, COM, SOT, SOD, EOC] = [0xff4f, 0xff64, 0xff90, 0xff93, 0xffd9];

/**
 * A picture of JPEG 2000, of which PDFs alone make use: a file of boxes or the bare code. What is
 * noted in the code is blanked where it stands, for lengths of the code are written in it.
 *
 * @throws FormatRefused damaged-file
 */
export function scrubJpeg2000(bytes: Buffer, where: string, found: Findings): Buffer {
  if (bytes.length > 2 && bytes.readUInt16BE(0) === SOC) return blanked(bytes, where, found);
  const kept = boxesOf(bytes, where).flatMap(({ type, content }) => {
    if (type === 'jp2h') return [box(type, headerOf(content, where, found))];
    if (type === 'jp2c') return [box(type, blanked(content, where, found))];
    if (BOXES.has(type)) return [box(type, content)];
    found.add('image-metadata', where, `${type}: ${content.toString('latin1', 0, 2_000)}`);
    return [];
  });
  return Buffer.concat(kept);
}

function headerOf(bytes: Buffer, where: string, found: Findings): Buffer {
  const kept = boxesOf(bytes, where).flatMap(({ type, content }) => {
    if (type === 'colr' && content[0] === BY_PROFILE) {
      const profile = scrubProfile(content.subarray(3), where, found) ?? Buffer.of();
      return [box(type, Buffer.concat([content.subarray(0, 3), profile]))];
    }
    if (type === 'colr' || IN_HEADER.has(type)) return [box(type, content)];
    found.add('image-metadata', where, type);
    return [];
  });
  return Buffer.concat(kept);
}

function boxesOf(bytes: Buffer, where: string): { type: string; content: Buffer }[] {
  const boxes: { type: string; content: Buffer }[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 8 > bytes.length) throw damaged(where);
    const [said, type] = [bytes.readUInt32BE(at), bytes.toString('latin1', at + 4, at + 8)];
    const isLong = said === 1 && at + 16 <= bytes.length;
    const head = isLong ? 16 : 8;
    const length = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : said || bytes.length - at;
    if (length < head || at + length > bytes.length) throw damaged(where);
    boxes.push({ type, content: bytes.subarray(at + head, at + length) });
    at += length;
  }
  return boxes;
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** The code with its remarks as zeros: they stand before the tiles, and before each part of one. */
function blanked(code: Buffer, where: string, found: Findings): Buffer {
  const plain = Buffer.from(code);
  let [at, part, end] = [2, 0, code.length];
  while (at + 4 <= code.length) {
    const [marker, length] = [code.readUInt16BE(at), code.readUInt16BE(at + 2)];
    if (marker === EOC) break;
    if (marker === SOD) {
      at = end;
      continue;
    }
    if (length < 2 || at + 2 + length > code.length) throw damaged(where);
    if (marker === SOT && length >= 10) {
      part = code.readUInt32BE(at + 6);
      end = part === 0 ? code.length : at + part;
      if (part > 0 && part < 2 + length) throw damaged(where);
    }
    const said = code.subarray(at + 4, at + 2 + length);
    if (marker === COM && said.some((byte) => byte !== 0)) {
      found.add('image-metadata', where, said.toString('latin1', 2));
      plain.fill(0, at + 4, at + 2 + length);
    }
    at += 2 + length;
  }
  return plain;
}
