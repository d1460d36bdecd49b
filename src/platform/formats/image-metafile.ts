import type { Findings } from './findings.js';
import { FormatRefused, unscrubbablePicture } from './format-refused.js';

const damaged = (part: string) => new FormatRefused('damaged-file', { part });

const META_ESCAPE = 0x0626;
const PLACEABLE = 0x9ac6cdd7;

/** A WMF without escapes: they are for printers, for comments and for whole pictures inside. */
export function scrubWmf(bytes: Buffer, where: string, found: Findings): Buffer {
  const start = bytes.readUInt32LE(0) === PLACEABLE ? 22 : 0;
  if (start + 18 > bytes.length) throw damaged(where);
  const head = Buffer.from(bytes.subarray(0, start + 18));
  const records: Buffer[] = [];
  let largest = 0;
  let at = start + 18;
  for (let type = -1; type !== 0;) {
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
  if (at < bytes.length) found.add('image-metadata', where, `${bytes.length - at} bytes behind it`);
  const body = Buffer.concat(records);
  head.writeUInt32LE((18 + body.length) / 2, start + 6);
  head.writeUInt32LE(largest, start + 12);
  return Buffer.concat([head, body]);
}

const [SVM_COMMENT, SVM_POSTSCRIPT, SVM_TRANSPARENT] = [512, 143, 147];
const SVM_START = 'VCLMTF';

/** LibreOffice's own metafile, which stands for embedded objects: without its comments. */
export function scrubSvm(bytes: Buffer, where: string, found: Findings): Buffer {
  const { kept, end } = metafile(bytes, where);
  if (end < bytes.length) {
    found.add('image-metadata', where, `${bytes.length - end} bytes behind it`);
  }
  return kept;
}

/** The metafile that begins here without its comments, and where it ends. */
function metafile(bytes: Buffer, where: string): { kept: Buffer; end: number } {
  const start = 12 + bytes.readUInt32LE(8);
  if (start > bytes.length) throw damaged(where);
  const head = Buffer.from(bytes.subarray(0, start));
  const kept: Buffer[] = [];
  let at = start;
  for (let left = head.readUInt32LE(start - 4); left > 0; left -= 1) {
    const end = at + 8 + bytes.readUInt32LE(at + 4);
    if (end > bytes.length) throw damaged(where);
    const action = bytes.subarray(at, end);
    const type = action.readUInt16LE(0);
    if (type === SVM_POSTSCRIPT) throw unscrubbablePicture(where);
    // LibreOffice marks gradients and ends of lines so; whatever else it is, it draws nothing.
    if (type !== SVM_COMMENT) kept.push(type === SVM_TRANSPARENT ? nested(action, where) : action);
    at = end;
  }
  head.writeUInt32LE(kept.length, start - 4);
  return { kept: Buffer.concat([head, ...kept]), end: at };
}

/** What is drawn transparently is a metafile again. */
function nested(action: Buffer, where: string): Buffer {
  if (!action.toString('latin1', 8, 14).startsWith(SVM_START)) throw damaged(where);
  const { kept, end } = metafile(action.subarray(8), where);
  const whole = Buffer.concat([action.subarray(0, 8), kept, action.subarray(8 + end)]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}
