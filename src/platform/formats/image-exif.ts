import type { Findings } from './findings.js';

/** Tags whose values tell something about a person, a device or a moment. */
const TELLING: Readonly<Record<number, string>> = {
  0x010e: 'description',
  0x010f: 'make',
  0x0110: 'model',
  0x0131: 'software',
  0x0132: 'date',
  0x013b: 'artist',
  0x013c: 'computer',
  0x8298: 'copyright',
  0x9003: 'taken',
  0x9004: 'digitized',
  0x9286: 'comment',
  0x9c9b: 'title',
  0x9c9c: 'comment',
  0x9c9d: 'author',
  0x9c9e: 'keywords',
  0x9c9f: 'subject',
  0xa420: 'image id',
  0xa430: 'owner',
  0xa431: 'serial number',
  0xa435: 'lens serial number',
};
const EXIF_IFD = 0x8769;
const GPS_IFD = 0x8825;
const ORIENTATION = 0x0112;
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const MAX_ENTRIES = 500;

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly value: Buffer;
}

/** The structure that EXIF and TIFF are made of, read leniently: what is broken tells nothing. */
class Directory {
  readonly entries: Entry[] = [];
  readonly next: number = 0;

  constructor(
    private readonly bytes: Buffer,
    offset: number,
    private readonly little: boolean,
  ) {
    if (offset < 8 || offset + 2 > bytes.length) return;
    const count = Math.min(this.short(offset), MAX_ENTRIES);
    for (let at = offset + 2; at + 12 <= bytes.length; at += 12) {
      if (this.entries.length === count) break;
      const [tag, type] = [this.short(at), this.short(at + 2)];
      const length = (SIZES[type] ?? 0) * this.long(at + 4);
      const from = length <= 4 ? at + 8 : this.long(at + 8);
      this.entries.push({ tag, type, value: bytes.subarray(from, from + length) });
    }
    const end = offset + 2 + 12 * count;
    if (end + 4 <= bytes.length) this.next = this.long(end);
  }

  find(tag: number): Entry | undefined {
    return this.entries.find((entry) => entry.tag === tag);
  }

  number(tag: number): number {
    const value = this.find(tag)?.value ?? Buffer.of();
    if (value.length >= 4) return this.little ? value.readUInt32LE() : value.readUInt32BE();
    if (value.length >= 2) return this.little ? value.readUInt16LE() : value.readUInt16BE();
    return 0;
  }

  /** Degrees, minutes and seconds as degrees, of the sign that the reference gives. */
  degrees(tag: number, reference: number, negative: string): number | undefined {
    const value = this.find(tag)?.value;
    if (!value || value.length < 24) return undefined;
    const read = (at: number) => (this.little ? value.readUInt32LE(at) : value.readUInt32BE(at));
    const part = (at: number) => read(at) / (read(at + 4) || 1);
    const degrees = part(0) + part(8) / 60 + part(16) / 3600;
    const sign = this.find(reference)?.value.toString('latin1', 0, 1) === negative ? -1 : 1;
    return sign * degrees;
  }

  private short(at: number): number {
    return this.little ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at);
  }

  private long(at: number): number {
    return this.little ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at);
  }
}

const textOf = ({ tag, value }: Entry): string =>
  value.toString(tag >= 0x9c9b && tag <= 0x9c9f ? 'utf16le' : 'utf8').replaceAll('\0', ' ');

/**
 * How the picture is to be turned (1: not), and what else stands in its EXIF.
 *
 * @param isInside another file: what follows the first picture is a thumbnail of it
 */
export function readExif(bytes: Buffer, where: string, found: Findings, isInside = true): number {
  const little = bytes.toString('latin1', 0, 2) === 'II';
  if (bytes.length < 8) return 1;
  const start = little ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4);
  const image = new Directory(bytes, start, little);
  const exif = new Directory(bytes, image.number(EXIF_IFD), little);
  for (const entry of [...image.entries, ...exif.entries]) {
    const name = TELLING[entry.tag];
    if (name === undefined) continue;
    const what = ['artist', 'author', 'owner'].includes(name) ? 'author' : 'image-metadata';
    found.add(what, where, `${name}: ${textOf(entry)}`);
  }
  const gps = new Directory(bytes, image.number(GPS_IFD), little);
  const [latitude, longitude] = [gps.degrees(2, 1, 'S'), gps.degrees(4, 3, 'W')];
  if (latitude !== undefined && longitude !== undefined) {
    found.add('location', where, `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`);
  } else if (gps.entries.length > 0) {
    found.add('location', where);
  }
  if (isInside && image.next > 0) found.add('thumbnail', where);
  const turned = image.number(ORIENTATION);
  return turned >= 1 && turned <= 8 ? turned : 1;
}

/** An EXIF that says how the picture is to be turned, and nothing else. */
export function orientationAlone(orientation: number): Buffer {
  const exif = Buffer.alloc(32);
  exif.write('Exif\0\0II*\0', 'latin1');
  exif.writeUInt32LE(8, 10);
  exif.writeUInt16LE(1, 14);
  exif.writeUInt16LE(ORIENTATION, 16);
  exif.writeUInt16LE(3, 18);
  exif.writeUInt32LE(1, 20);
  exif.writeUInt16LE(orientation, 24);
  return exif;
}

/** What an XMP packet says of an author and a place. */
export function readXmp(packet: Buffer, where: string, found: Findings): void {
  const text = packet.toString('utf8').slice(0, 200_000);
  const creator = /<dc:creator>([^]{0,2000}?)<\/dc:creator>/.exec(text)?.[1];
  const name = creator?.replaceAll(/<[^>]*>/g, ' ').trim();
  if (name) found.add('author', where, name);
  const place = /GPSLatitude(?:="|>)([^"<]{1,40})[^]{0,400}?GPSLongitude(?:="|>)([^"<]{1,40})/.exec(
    text,
  );
  if (place) found.add('location', where, `${place[1]}, ${place[2]}`);
  found.add('image-metadata', where, 'XMP');
}
