import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFRawStream,
  type PDFObject,
} from '@cantoo/pdf-lib';
import { inflateSync } from 'node:zlib';
import { FormatRefused } from './format-refused.js';

const MOST_INFLATED = 100 * 1024 * 1024;
/** A picture of a whole page in high resolution has less. */
const MOST_IN_ONE = 64 * 1024 * 1024;
/** A stream within a stream within a stream is no document's. */
const MOST_NESTED = 3;
const STREAM = Buffer.from('stream');
const END = Buffer.from('endstream');
const LINE_FEED = 0x0a;

const ACTIVE = new Set(['JavaScript', 'Launch', 'RichMediaExecute', 'ImportData']);
/** Deeper than any document's own objects. */
const MOST_DEPTH = 100;

/**
 * Inflates every compressed stream of a PDF within bounds before anything else reads it: the
 * libraries that do would inflate whatever they are given.
 *
 * @throws FormatRefused zip-bomb
 */
export function assertNoBomb(bytes: Buffer): void {
  let room = MOST_INFLATED;
  for (let at = bytes.indexOf(STREAM); at >= 0; at = bytes.indexOf(STREAM, at + 1)) {
    let start = at + STREAM.length;
    while (
      start < at + STREAM.length + 2 &&
      (bytes[start] === 0x0d || bytes[start] === LINE_FEED)
    ) {
      start++;
    }
    // RFC 1950: deflate, and a check over the first two bytes. "endstream" is followed by none.
    if (start === at + STREAM.length || !isDeflated(bytes, start)) continue;
    const end = bytes.indexOf(END, start);
    const stream = bytes.subarray(start, end < 0 ? bytes.length : end);
    room -= inflatedSize(stream, Math.min(room, MOST_IN_ONE));
    if (end > 0) at = end;
  }
}

const isDeflated = (bytes: Buffer, at: number): boolean =>
  (bytes[at]! & 0x0f) === 8 && (bytes[at]! * 256 + (bytes[at + 1] ?? 0)) % 31 === 0;

function inflatedSize(stream: Buffer, allowed: number, depth = 1): number {
  let content: Buffer;
  try {
    content = inflateSync(stream, { maxOutputLength: allowed });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return 0;
    throw new FormatRefused('zip-bomb', { limit: allowed });
  }
  if (content.length < 2 || !isDeflated(content, 0)) return content.length;
  if (depth === MOST_NESTED) throw new FormatRefused('zip-bomb', { nested: depth });
  return content.length + inflatedSize(content, allowed, depth + 1);
}

/**
 * Refuses a PDF that does something by itself or on a click: runs a script, starts a program.
 *
 * @throws FormatRefused active-content with what it is; damaged-file
 */
export async function assertPassive(bytes: Buffer): Promise<void> {
  const { context } = await PDFDocument.load(bytes, {
    ignoreEncryption: true,
    updateMetadata: false,
  }).catch((error: Error) => {
    throw new FormatRefused('damaged-file', { reason: error.message.slice(0, 200) });
  });
  for (const [reference, object] of context.enumerateIndirectObjects()) {
    const found = activeIn(object);
    if (found) throw new FormatRefused('active-content', { found, part: reference.toString() });
  }
}

function activeIn(object: PDFObject, depth = 0): string | undefined {
  if (depth > MOST_DEPTH) throw new FormatRefused('document-too-complex', { depth });
  if (object instanceof PDFRawStream) return activeIn(object.dict, depth + 1);
  if (object instanceof PDFArray) {
    return first(object.asArray().map((each) => () => activeIn(each, depth + 1)));
  }
  if (!(object instanceof PDFDict)) return undefined;
  const kind = object.get(PDFName.of('S'));
  const name = kind instanceof PDFName ? kind.decodeText() : '';
  if (ACTIVE.has(name)) return name;
  if (object.has(PDFName.of('JS'))) return 'JavaScript';
  return first(object.values().map((each) => () => activeIn(each, depth + 1)));
}

function first(looks: readonly (() => string | undefined)[]): string | undefined {
  for (const look of looks) {
    const found = look();
    if (found) return found;
  }
  return undefined;
}
