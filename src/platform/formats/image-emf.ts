import type { Findings } from './findings.js';
import { FormatRefused, unscrubbablePicture } from './format-refused.js';

const damaged = (part: string) => new FormatRefused('damaged-file', { part });

const EMR_HEADER = 1;
const EMR_EOF = 14;
const EMR_COMMENT = 70;
/** Where the header's own fields may end: each version of the format has more of them. */
const HEADERS = [108, 100, 88];

/** What draws. Escapes are for printers, the others name files of profiles, or run OpenGL. */
const draws = (type: number): boolean =>
  type <= 98 || [108, 111, 114, 115, 116, 118, 120].includes(type);

/**
 * An EMF without its description, and without comments but those that alone draw it.
 *
 * @throws FormatRefused damaged-file; unscrubbable where such a comment holds another picture
 */
export function scrubEmf(bytes: Buffer, where: string, found: Findings): Buffer {
  const records: Buffer[] = [];
  let at = 0;
  let isDual: boolean | undefined;
  for (let type = 0; type !== EMR_EOF;) {
    const length = at + 8 <= bytes.length ? bytes.readUInt32LE(at + 4) : 0;
    if (length < 8 || length % 4 > 0 || at + length > bytes.length) throw damaged(where);
    type = bytes.readUInt32LE(at);
    const record = bytes.subarray(at, at + length);
    if (type === EMR_COMMENT && isPlus(record)) {
      isDual ??= (record.readUInt16LE(18) & 1) === 1;
      const plus = commentOf(record, isDual, where, found);
      if (plus && !isDual) records.push(plus);
    } else if (type === EMR_COMMENT)
      found.add('image-metadata', where, textOf(record.subarray(12)));
    else if (type === EMR_HEADER) records.push(headerOf(record, where, found));
    else if (draws(type)) records.push(record);
    else found.add('image-metadata', where, textOf(record.subarray(8)));
    at += length;
  }
  if (at < bytes.length) found.add('image-metadata', where, `${bytes.length - at} bytes behind it`);
  const head = records[0];
  if (!head || head.readUInt32LE(0) !== EMR_HEADER) throw damaged(where);
  const total = records.reduce((sum, { length }) => sum + length, 0);
  head.writeUInt32LE(total, 48);
  head.writeUInt32LE(records.length, 52);
  return Buffer.concat(records);
}

/** As it can be read: what it holds may be in UTF-16. */
const textOf = (content: Buffer): string => content.toString('latin1').replaceAll('\0', '');

/** Who made it and what it is called lies behind the header's fields, with the device's format. */
function headerOf(record: Buffer, where: string, found: Findings): Buffer {
  if (record.length < 88) throw damaged(where);
  const [letters, from] = [record.readUInt32LE(60), record.readUInt32LE(64)];
  const begins = [letters > 0 ? from : 0, record.length >= 100 ? record.readUInt32LE(92) : 0];
  const end = Math.min(record.length, ...begins.filter((place) => place >= 88));
  const head = Buffer.from(
    record.subarray(
      0,
      HEADERS.find((size) => size <= end),
    ),
  );
  if (record.length > head.length) {
    const said = record.toString('utf16le', from, from + 2 * letters);
    found.add('image-metadata', where, letters > 0 ? said : textOf(record.subarray(head.length)));
  }
  head.writeUInt32LE(head.length, 4);
  head.fill(0, 58, 68);
  if (head.length >= 100) head.fill(0, 88, 100);
  return head;
}

const [PLUS_FIRST, PLUS_COMMENT, PLUS_OBJECT, PLUS_LAST] = [0x4001, 0x4003, 0x4008, 0x403a];
const PICTURE = 5;

const isPlus = (record: Buffer): boolean =>
  record.length >= 28 && record.toString('latin1', 12, 16) === 'EMF+';

/**
 * A comment that draws, by records of its own (EMF+). Some of them are comments again.
 *
 * @param isDual the other records draw the same picture: these can go
 */
function commentOf(
  record: Buffer,
  isDual: boolean,
  where: string,
  found: Findings,
): Buffer | undefined {
  const kept: Buffer[] = [];
  const end = Math.min(record.length, 12 + record.readUInt32LE(8));
  for (let at = 16; at + 12 <= end;) {
    const [type, flags] = [record.readUInt16LE(at), record.readUInt16LE(at + 2)];
    const length = record.readUInt32LE(at + 4);
    if (length < 12 || at + length > end) throw damaged(where);
    const plus = record.subarray(at, at + length);
    const holdsPicture = type === PLUS_OBJECT && ((flags >> 8) & 0x7f) === PICTURE;
    if (holdsPicture && !isDual) throw unscrubbablePicture(where);
    if (type >= PLUS_FIRST && type <= PLUS_LAST && type !== PLUS_COMMENT) kept.push(plus);
    else found.add('image-metadata', where, textOf(plus.subarray(12)));
    at += length;
  }
  if (kept.length === 0) return undefined;
  const content = Buffer.concat([Buffer.from('EMF+'), ...kept]);
  const whole = Buffer.alloc(12 + Math.ceil(content.length / 4) * 4);
  whole.writeUInt32LE(EMR_COMMENT);
  whole.writeUInt32LE(whole.length, 4);
  whole.writeUInt32LE(content.length, 8);
  content.copy(whole, 12);
  return whole;
}
