import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import yazl from 'yazl';
import { FormatRefused } from './format-refused.js';

const MAX_ENTRIES = 5_000;
const MAX_INFLATED = 100 * 1024 * 1024;
/** Small entries may be as repetitive as they like; a large one is not. */
const MAX_RATIO = 200;
const RATIO_COUNTS_FROM = 4 * 1024 * 1024;
/** Every entry has this date, in local time as the format wants it: it says nothing. */
const NO_DATE = new Date(1980, 0, 1);

const damaged = (facts: Record<string, string | number>) =>
  new FormatRefused('damaged-file', facts);
const bomb = (facts: Record<string, string | number>) => new FormatRefused('zip-bomb', facts);

/**
 * The entries of an archive by name, in its order; folders are left out. What an archive
 * claims about itself is not believed: sizes are counted while its entries are inflated, and
 * inflating ends with the first byte too many.
 *
 * @throws FormatRefused zip-bomb, damaged-file or encrypted-file
 */
export async function readZip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await opened(bytes);
  const files = new Map<string, Buffer>();
  const known = new Set<string>();
  let room = MAX_INFLATED;
  try {
    if (zip.entryCount > MAX_ENTRIES) throw bomb({ entries: zip.entryCount, limit: MAX_ENTRIES });
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      // Office programs don't tell cases apart: two such names could show either part.
      if (known.has(name.toLowerCase())) throw damaged({ part: name, reason: 'duplicate' });
      known.add(name.toLowerCase());
      if (entry.isEncrypted()) throw new FormatRefused('encrypted-file', { part: name });
      if (name.endsWith('/')) continue;
      const content = await inflated(zip, entry, room);
      room -= content.length;
      files.set(name, content);
    }
  } catch (error) {
    throw asRefusal(error);
  } finally {
    zip.close();
  }
  return files;
}

async function opened(bytes: Buffer): Promise<ZipFile> {
  try {
    return await yauzl.fromBufferPromise(bytes, { strictFileNames: true });
  } catch (error) {
    throw asRefusal(error);
  }
}

/** The library refuses absolute names, `..` and backslashes itself. */
function nameOf({ fileName }: Entry): string {
  // oxlint-disable-next-line no-control-regex
  if (fileName === '' || fileName.length > 1_000 || /[\u0000-\u001f\u007f]/.test(fileName)) {
    throw damaged({ reason: 'name' });
  }
  return fileName;
}

async function inflated(zip: ZipFile, entry: Entry, room: number): Promise<Buffer> {
  const { fileName: part, compressedSize } = entry;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    size += (chunk as Buffer).length;
    if (size > room) throw bomb({ part, limit: MAX_INFLATED });
    if (size > RATIO_COUNTS_FROM && size > compressedSize * MAX_RATIO) {
      throw bomb({ part, ratio: Math.floor(size / Math.max(compressedSize, 1)), limit: MAX_RATIO });
    }
    chunks.push(chunk as Buffer);
  }
  const content = Buffer.concat(chunks, size);
  if (crc32(content) !== entry.crc32) throw damaged({ part, reason: 'checksum' });
  return content;
}

function asRefusal(error: unknown): FormatRefused {
  if (error instanceof FormatRefused) return error;
  const reason = error instanceof Error ? error.message.slice(0, 200) : 'unreadable';
  return /encrypt/.test(reason) ? new FormatRefused('encrypted-file') : damaged({ reason });
}

/**
 * An archive of these entries in this order. The same entries make the same bytes: no dates,
 * no extra fields, no comments. `mimetype` is stored as it is, as OpenDocument demands.
 */
export async function writeZip(entries: Iterable<readonly [string, Buffer]>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of entries) {
    const compress = name !== 'mimetype';
    zip.addBuffer(content, name, {
      compress,
      mtime: NO_DATE,
      mode: 0o100644,
      forceDosTimestamp: true,
    });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
