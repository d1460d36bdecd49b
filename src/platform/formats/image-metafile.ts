import type { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';

const damaged = (part: string) => new FormatRefused('damaged-file', { part });

const EMR_HEADER = 1;
const EMR_EOF = 14;
const EMR_COMMENT = 70;

/** An EMF without its description, and without comments but those that draw (EMF+). */
export function scrubEmf(bytes: Buffer, where: string, found: Findings): Buffer {
  const records: Buffer[] = [];
  for (let at = 0, type = 0; type !== EMR_EOF;) {
    const length = at + 8 <= bytes.length ? bytes.readUInt32LE(at + 4) : 0;
    if (length < 8 || length % 4 > 0 || at + length > bytes.length) throw damaged(where);
    type = bytes.readUInt32LE(at);
    const record = bytes.subarray(at, at + length);
    if (type === EMR_HEADER) records.push(headerOf(record, where, found));
    else if (type !== EMR_COMMENT || draws(record)) records.push(record);
    else found.add('image-metadata', where, record.toString('utf8', 12));
    at += length;
  }
  const head = records[0];
  if (!head || head.length < 88 || head.readUInt32LE(0) !== EMR_HEADER) throw damaged(where);
  const total = records.reduce((sum, { length }) => sum + length, 0);
  head.writeUInt32LE(total, 48);
  head.writeUInt32LE(records.length, 52);
  return Buffer.concat(records);
}

const draws = (record: Buffer): boolean => record.toString('latin1', 12, 16) === 'EMF+';

/** Who made it and what it is called lies behind the header's fields. */
function headerOf(record: Buffer, where: string, found: Findings): Buffer {
  const head = Buffer.from(record);
  if (head.length < 88) throw damaged(where);
  const [letters, from] = [head.readUInt32LE(60), head.readUInt32LE(64)];
  if (letters > 0 && from >= 88 && from + 2 * letters <= head.length) {
    const said = head.toString('utf16le', from, from + 2 * letters);
    found.add('image-metadata', where, said);
    head.fill(0, from, from + 2 * letters);
  }
  head.writeUInt32LE(0, 60);
  head.writeUInt32LE(0, 64);
  return head;
}

const META_ESCAPE = 0x0626;
const PLACEABLE = 0x9ac6cdd7;

/** A WMF without escapes: they are for printers, for comments and for whole pictures inside. */
export function scrubWmf(bytes: Buffer, where: string, found: Findings): Buffer {
  const start = bytes.readUInt32LE(0) === PLACEABLE ? 22 : 0;
  if (start + 18 > bytes.length) throw damaged(where);
  const head = Buffer.from(bytes.subarray(0, start + 18));
  const records: Buffer[] = [];
  let largest = 0;
  for (let at = start + 18, type = -1; type !== 0;) {
    if (at + 6 > bytes.length) throw damaged(where);
    const end = at + 2 * bytes.readUInt32LE(at);
    if (end < at + 6 || end > bytes.length) throw damaged(where);
    type = bytes.readUInt16LE(at + 4);
    const record = bytes.subarray(at, end);
    if (type === META_ESCAPE) found.add('image-metadata', where, record.toString('utf8', 10));
    else {
      records.push(record);
      largest = Math.max(largest, record.length / 2);
    }
    at = end;
  }
  const body = Buffer.concat(records);
  head.writeUInt32LE((18 + body.length) / 2, start + 6);
  head.writeUInt32LE(largest, start + 12);
  return Buffer.concat([head, body]);
}

const SVM_COMMENT = 512;

/** LibreOffice's own metafile, which stands for embedded objects: without its comments. */
export function scrubSvm(bytes: Buffer, where: string, found: Findings): Buffer {
  const start = 12 + bytes.readUInt32LE(8);
  if (start > bytes.length) throw damaged(where);
  const head = Buffer.from(bytes.subarray(0, start));
  const kept: Buffer[] = [];
  let at = start;
  for (let left = head.readUInt32LE(start - 4); left > 0; left -= 1) {
    const end = at + 8 + bytes.readUInt32LE(at + 4);
    if (end > bytes.length) throw damaged(where);
    const action = bytes.subarray(at, end);
    // LibreOffice marks gradients and ends of lines so; whatever else it is, it draws nothing.
    if (action.readUInt16LE(0) !== SVM_COMMENT) kept.push(action);
    at = end;
  }
  if (at < bytes.length) found.add('image-metadata', where, `${bytes.length - at} bytes behind it`);
  head.writeUInt32LE(kept.length, start - 4);
  return Buffer.concat([head, ...kept]);
}
