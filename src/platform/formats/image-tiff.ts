import type { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';
import { readExif } from './image-exif.js';

const SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 11: 4, 12: 8 };
/** What decodes and colours a page: sizes, compression, strips and tiles, palettes, profiles. */
const KEPT = new Set([
  254, 255, 256, 257, 258, 259, 262, 263, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
  290, 291, 292, 293, 296, 301, 317, 318, 319, 320, 322, 323, 324, 325, 332, 334, 336, 338, 339,
  340, 341, 347, 529, 530, 531, 532, 34675,
]);
/** Where the strips or tiles of a page lie, and how long each is. */
const DATA: Readonly<Record<number, number>> = { 273: 279, 324: 325 };
const MAX_PAGES = 1_000;
const OLD_JPEG = 6;

interface Field {
  readonly tag: number;
  readonly type: number;
  readonly value: Buffer;
}

/**
 * A TIFF written anew with what decodes its pages; the data of strips and tiles are copied as
 * they are.
 *
 * @throws FormatRefused damaged-file, or unscrubbable for the kinds that can't be copied
 */
export function scrubTiff(bytes: Buffer, where: string, found: Findings): Buffer {
  const little = bytes.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const long = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const number = ({ type, value }: Field, at: number) => {
    if (type === 3) return little ? value.readUInt16LE(2 * at) : value.readUInt16BE(2 * at);
    return little ? value.readUInt32LE(4 * at) : value.readUInt32BE(4 * at);
  };
  const output = new TiffWriter(little);
  try {
    let pages = 0;
    for (let offset = long(4); offset > 0;) {
      if (++pages > MAX_PAGES) throw new RangeError('pages');
      const fields: Field[] = [];
      const end = offset + 2 + 12 * short(offset);
      for (let at = offset + 2; at < end; at += 12) {
        const [tag, type, count] = [short(at), short(at + 2), long(at + 4)];
        const length = (SIZES[type] ?? 1) * count;
        const from = length <= 4 ? at + 8 : long(at + 8);
        if (from + length > bytes.length) throw new RangeError('value');
        const field = { tag, type, value: bytes.subarray(from, from + length) };
        if (KEPT.has(tag)) fields.push(field);
        else found.add('image-metadata', where, `tag ${tag}`);
      }
      const compression = fields.find(({ tag }) => tag === 259);
      if (compression && number(compression, 0) === OLD_JPEG) {
        throw new FormatRefused('unscrubbable', { part: where, mend: 'save it as PNG or JPEG' });
      }
      output.page(fields, (places, sizes) =>
        Array.from({ length: sizes.value.length / (sizes.type === 3 ? 2 : 4) }, (_, at) => {
          const from = number(places, at);
          return bytes.subarray(from, from + number(sizes, at));
        }),
      );
      offset = long(end);
    }
    readExif(bytes, where, found, false);
    return output.whole();
  } catch (error) {
    if (error instanceof RangeError) throw new FormatRefused('damaged-file', { part: where });
    throw error;
  }
}

class TiffWriter {
  private readonly chunks: Buffer[] = [];
  private length = 8;
  /** Where the address of the next page is to be written. */
  private link = Buffer.alloc(8);

  constructor(private readonly little: boolean) {
    this.link.write(little ? 'II*\0' : 'MM\0*', 'latin1');
    this.chunks.push(this.link);
  }

  page(fields: Field[], dataOf: (places: Field, sizes: Field) => Buffer[]): void {
    const written = fields.map((field) => {
      const sizes = fields.find(({ tag }) => tag === DATA[field.tag]);
      if (!sizes) return { ...field, count: field.value.length / (SIZES[field.type] ?? 1) };
      const places = dataOf(field, sizes).map((data) => this.put(data));
      const value = Buffer.alloc(4 * places.length);
      places.forEach((place, at) => this.long(value, place, 4 * at));
      return { tag: field.tag, type: 4, value, count: places.length };
    });
    const directory = Buffer.alloc(6 + 12 * written.length);
    this.short(directory, written.length, 0);
    written.forEach(({ tag, type, value, count }, index) => {
      const at = 2 + 12 * index;
      this.short(directory, tag, at);
      this.short(directory, type, at + 2);
      this.long(directory, count, at + 4);
      if (value.length <= 4) value.copy(directory, at + 8);
      else this.long(directory, this.put(value), at + 8);
    });
    this.long(this.link, this.put(directory), this.link.length - 4);
    this.link = directory;
  }

  whole(): Buffer {
    return Buffer.concat(this.chunks);
  }

  private put(content: Buffer): number {
    const at = this.length;
    const even = content.length % 2 ? Buffer.concat([content, Buffer.alloc(1)]) : content;
    this.chunks.push(even);
    this.length += even.length;
    return at;
  }

  private short(target: Buffer, value: number, at: number): void {
    if (this.little) target.writeUInt16LE(value, at);
    else target.writeUInt16BE(value, at);
  }

  private long(target: Buffer, value: number, at: number): void {
    if (this.little) target.writeUInt32LE(value, at);
    else target.writeUInt32BE(value, at);
  }
}
