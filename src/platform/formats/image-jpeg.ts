import type { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';
import { orientationAlone, readExif, readXmp } from './image-exif.js';
import { scrubProfile } from './image-profile.js';

const [SOI, EOI, SOS, COM, APP0, APP1, APP2, APP13, APP14, APP15] = [
  0xd8, 0xd9, 0xda, 0xfe, 0xe0, 0xe1, 0xe2, 0xed, 0xee, 0xef,
];
/** What decodes: frames, tables, scans. 0xc8 is reserved. */
const decodes = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) ||
  (marker >= SOS && marker <= 0xdd) ||
  marker === 0xdb;
const PROFILE = 'ICC_PROFILE\0';
const PROFILE_HEAD = PROFILE.length + 2;
/** So much of a profile fits into a segment beside its head. */
const MOST_OF_PROFILE = 65_533 - PROFILE_HEAD;

interface Segment {
  readonly marker: number;
  readonly body: Buffer;
}

const begins = ({ body }: Segment, text: string) =>
  body.subarray(0, text.length).equals(Buffer.from(text, 'latin1'));

/**
 * A JPEG without anything that is not needed to decode it: the image data are copied as they
 * are. How it is to be turned, its colour profile and Adobe's colour mark stay.
 *
 * @throws FormatRefused damaged-file
 */
export function scrubJpeg(bytes: Buffer, where: string, found: Findings): Buffer {
  const kept: Buffer[] = [Buffer.of(0xff, SOI)];
  const profile: Buffer[] = [];
  let profileAt = 0;
  let at = 2;
  for (;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at] === 0xff ? bytes[at + 1] : undefined;
    if (marker === undefined) throw new FormatRefused('damaged-file', { part: where });
    if (marker === EOI) {
      at += 2;
      break;
    }
    const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0;
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) throw new FormatRefused('damaged-file', { part: where });
    const read = { marker, body: bytes.subarray(at + 4, end) };
    if (marker === APP2 && begins(read, PROFILE)) {
      profileAt ||= kept.length;
      profile.push(read.body);
    } else {
      const segment = keep(read, where, found);
      if (segment) kept.push(written(segment));
    }
    at = marker === SOS ? endOfScan(bytes, end) : end;
    if (marker === SOS) kept.push(bytes.subarray(end, at));
    // A scan that breaks off is shown as far as it goes.
    if (at >= bytes.length) break;
  }
  if (at < bytes.length) found.add('image-metadata', where, `${bytes.length - at} bytes behind it`);
  if (profileAt > 0) kept.splice(profileAt, 0, ...profileOf(profile, where, found));
  return Buffer.concat([...kept, Buffer.of(0xff, EOI)]);
}

/** A profile lies in one segment or in several, which say which of how many they are. */
function profileOf(bodies: readonly Buffer[], where: string, found: Findings): Buffer[] {
  const inOrder = bodies.toSorted((a, b) => (a[PROFILE.length] ?? 0) - (b[PROFILE.length] ?? 0));
  const whole = Buffer.concat(inOrder.map((body) => body.subarray(PROFILE_HEAD)));
  const plain = scrubProfile(whole, where, found) ?? Buffer.of();
  const count = Math.ceil(plain.length / MOST_OF_PROFILE);
  return Array.from({ length: count }, (_, index) => {
    const part = plain.subarray(index * MOST_OF_PROFILE, (index + 1) * MOST_OF_PROFILE);
    const head = Buffer.concat([Buffer.from(PROFILE, 'latin1'), Buffer.of(index + 1, count)]);
    return written({ marker: APP2, body: Buffer.concat([head, part]) });
  });
}

/** The first marker behind the data of a scan: 0xff00 and restarts belong to it. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

function written({ marker, body }: Segment): Buffer {
  const head = Buffer.of(0xff, marker, 0, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

function keep(segment: Segment, where: string, found: Findings): Segment | undefined {
  const { marker, body } = segment;
  if (marker === APP0 && begins(segment, 'JFIF\0') && body.length >= 14) {
    if (body.length > 14) found.add('thumbnail', where);
    const plain = Buffer.from(body.subarray(0, 14));
    plain.writeUInt16BE(0, 12);
    return { marker, body: plain };
  }
  if (marker === APP1 && begins(segment, 'Exif\0')) {
    const heard = readExif(body.subarray(6), where, found);
    const plain = orientationAlone(heard);
    if (!body.equals(plain)) found.add('image-metadata', where, 'EXIF');
    return heard === 1 ? undefined : { marker, body: plain };
  }
  if (marker === APP14 && begins(segment, 'Adobe')) return { marker, body: body.subarray(0, 12) };
  if (marker === COM) found.add('image-metadata', where, body.toString('utf8'));
  else if (marker === APP1 && begins(segment, 'http://ns.adobe.com/')) readXmp(body, where, found);
  else if (marker === APP13) found.add('image-metadata', where, 'IPTC');
  else if (decodes(marker)) return segment;
  else found.add('image-metadata', where, named(segment));
  return undefined;
}

function named({ marker, body }: Segment): string {
  const isApplication = marker >= APP0 && marker <= APP15;
  const name = isApplication ? `APP${marker - APP0}` : `segment ${marker.toString(16)}`;
  return `${name} ${body.toString('latin1', 0, 32).split('\0')[0]}`;
}
