import type { Findings } from './findings.js';
import { unscrubbablePicture } from './format-refused.js';
import { readExif } from './image-exif.js';
import { scrubJpeg } from './image-jpeg.js';
import { scrubProfile } from './image-profile.js';

const SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 11: 4, 12: 8 };
/** What decodes and colours a page: sizes, compression, strips and tiles, palettes, profiles. */
const KEPT = new Set([
  254, 255, 256, 257, 258, 259, 262, 263, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
  290, 291, 292, 293, 296, 301, 317, 318, 319, 320, 322, 323, 324, 325, 332, 334, 336, 338, 339,
  340, 341, 347, 529, 530, 531, 532, 34675,
]);
const [SUBFILE, OLD_SUBFILE, COMPRESSION, TABLES, PROFILE] = [254, 255, 259, 347, 34675];
/** Where the strips or tiles of a page lie, and how long each is. */
const DATA: Readonly<Record<number, number>> = { 273: 279, 324: 325 };
const ASCII = 2;
const MAX_PAGES = 1_000;
const JPEG = 7;
/** Of pixels and nothing else; the older JPEG (6) refers to places of the file. */
const COMPRESSIONS = new Set([1, 2, 3, 4, 5, JPEG, 8, 32_773, 32_946]);

interface Field {
  readonly tag: number;
  readonly type: number;
  readonly value: Buffer;
}

/**
 * A TIFF written anew with what decodes its pages; the data of strips and tiles are copied as
 * they are. Smaller copies of a page are left out: they may show what was cut off.
 *
 * @throws FormatRefused damaged-file, or unscrubbable for the kinds that can't be copied
 */
export function scrubTiff(bytes: Buffer, where: string, found: Findings): Buffer {
  const reader = new TiffReader(bytes, where, found);
  const output = new TiffWriter(bytes.toString('latin1', 0, 2) === 'II');
  reader.pages().forEach((fields, page) => {
    const one = (tag: number) => {
      const field = fields.find((each) => each.tag === tag);
      return field && reader.number(field, 0);
    };
    const isSmaller = ((one(SUBFILE) ?? 0) & 1) === 1 || one(OLD_SUBFILE) === 2;
    if (isSmaller && page > 0) return found.add('thumbnail', where);
    const compression = one(COMPRESSION) ?? 1;
    if (!COMPRESSIONS.has(compression)) throw unscrubbablePicture(where);
    const clean = (data: Buffer) => (compression === JPEG ? scrubJpeg(data, where, found) : data);
    output.page(
      fields.flatMap((field) => reader.cleaned(field, clean)),
      (places, sizes) => reader.data(places, sizes).map(clean),
    );
  });
  readExif(bytes, where, found, false);
  return output.whole();
}

class TiffReader {
  private readonly little: boolean;

  constructor(
    private readonly bytes: Buffer,
    private readonly where: string,
    private readonly found: Findings,
  ) {
    this.little = bytes.toString('latin1', 0, 2) === 'II';
  }

  /** What is kept of each page. */
  pages(): Field[][] {
    const pages: Field[][] = [];
    const seen = new Set<number>();
    for (let offset = this.long(4); offset > 0;) {
      if (seen.has(offset) || seen.size > MAX_PAGES) throw new RangeError('pages');
      seen.add(offset);
      const end = offset + 2 + 12 * this.short(offset);
      const fields: Field[] = [];
      for (let at = offset + 2; at < end; at += 12) {
        const [tag, type, count] = [this.short(at), this.short(at + 2), this.long(at + 4)];
        const length = (SIZES[type] ?? 1) * count;
        const value = this.part(length <= 4 ? at + 8 : this.long(at + 8), length);
        if (KEPT.has(tag) && type !== ASCII) fields.push({ tag, type, value });
        else this.found.add('image-metadata', this.where, `tag ${tag}`);
      }
      for (const [places, sizes] of Object.entries(DATA)) {
        const has = (tag: number) => fields.some((field) => field.tag === tag);
        if (has(Number(places)) !== has(sizes)) throw new RangeError('sizes');
      }
      pages.push(fields);
      offset = this.long(end);
    }
    return pages;
  }

  number({ type, value }: Field, at: number): number {
    if (type === 3) return this.little ? value.readUInt16LE(2 * at) : value.readUInt16BE(2 * at);
    return this.little ? value.readUInt32LE(4 * at) : value.readUInt32BE(4 * at);
  }

  data(places: Field, sizes: Field): Buffer[] {
    const count = sizes.value.length / (sizes.type === 3 ? 2 : 4);
    return Array.from({ length: count }, (_, at) =>
      this.part(this.number(places, at), this.number(sizes, at)),
    );
  }

  /** A field without what it could tell; none where nothing is left. */
  cleaned(field: Field, clean: (data: Buffer) => Buffer): Field[] {
    if (field.tag === TABLES) return [{ ...field, value: clean(field.value) }];
    if (field.tag !== PROFILE) return [field];
    const value = scrubProfile(field.value, this.where, this.found);
    return value ? [{ ...field, value }] : [];
  }

  private part(from: number, length: number): Buffer {
    if (from + length > this.bytes.length) throw new RangeError('value');
    return this.bytes.subarray(from, from + length);
  }

  private short(at: number): number {
    return this.little ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at);
  }

  private long(at: number): number {
    return this.little ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at);
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
    const data = new Map<number, readonly number[]>();
    for (const field of fields) {
      const sizes = fields.find(({ tag }) => tag === DATA[field.tag]);
      if (!sizes) continue;
      const parts = dataOf(field, sizes);
      data.set(
        field.tag,
        parts.map((part) => this.put(part)),
      );
      data.set(
        sizes.tag,
        parts.map(({ length }) => length),
      );
    }
    const written = fields.map((field) => {
      const numbers = data.get(field.tag);
      if (!numbers) return { ...field, count: field.value.length / (SIZES[field.type] ?? 1) };
      const value = Buffer.alloc(4 * numbers.length);
      numbers.forEach((number, at) => this.long(value, number, 4 * at));
      return { tag: field.tag, type: 4, value, count: numbers.length };
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
