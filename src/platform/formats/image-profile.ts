import type { Findings } from './findings.js';

const HEADER = 128;
/** What turns the numbers of pixels into colours (ICC.1:2022, 9.2). */
const KEPT = new Set(
  `A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 gamt cicp
  rXYZ gXYZ bXYZ wtpt bkpt chad rTRC gTRC bTRC kTRC`.split(/\s+/),
);
/** Of the header: the maker, the date, the platform, the device and the digest say who and when. */
const TELLING: readonly (readonly [from: number, to: number])[] = [
  [4, 8],
  [24, 36],
  [40, 44],
  [48, 56],
  [80, 128],
];
const NAME = 'ICC';

interface Tag {
  readonly name: string;
  readonly value: Buffer;
}

/**
 * A colour profile with what makes colours alone: profiles of screens and scanners hold the
 * names that people gave them, and serial numbers.
 *
 * @returns undefined where it can't be read: without one, colours are those of any picture
 */
export function scrubProfile(profile: Buffer, where: string, found: Findings): Buffer | undefined {
  const tags = tagsOf(profile);
  if (!tags) {
    found.add('image-metadata', where, 'profile');
    return undefined;
  }
  const isNew = profile[8]! >= 4;
  const named = [
    { name: 'desc', value: isNew ? localized() : described() },
    { name: 'cprt', value: isNew ? localized() : Buffer.from(`text\0\0\0\0${NAME}\0`) },
  ];
  const plain = written(profile, [...named, ...tags.filter(({ name }) => KEPT.has(name))]);
  if (!plain.equals(profile)) {
    const said = tags.find(({ name }) => name === 'desc')?.value.subarray(12);
    found.add('image-metadata', where, `profile: ${said?.toString('latin1').replaceAll('\0', '')}`);
  }
  return plain;
}

function tagsOf(profile: Buffer): Tag[] | undefined {
  if (profile.length < HEADER + 4 || profile.toString('latin1', 36, 40) !== 'acsp')
    return undefined;
  const count = profile.readUInt32BE(HEADER);
  if (count > 200 || HEADER + 4 + 12 * count > profile.length) return undefined;
  const tags = Array.from({ length: count }, (_, index) => {
    const at = HEADER + 4 + 12 * index;
    const from = profile.readUInt32BE(at + 4);
    const value = profile.subarray(from, from + profile.readUInt32BE(at + 8));
    return {
      name: profile.toString('latin1', at, at + 4),
      value,
      size: profile.readUInt32BE(at + 8),
    };
  });
  return tags.every(({ value, size }) => value.length === size) ? tags : undefined;
}

function written(profile: Buffer, tags: readonly Tag[]): Buffer {
  const head = Buffer.alloc(HEADER + 4 + 12 * tags.length);
  profile.copy(head, 0, 0, HEADER);
  for (const [from, to] of TELLING) head.fill(0, from, to);
  head.writeUInt32BE(tags.length, HEADER);
  const chunks = [head];
  // The three curves of a profile are often one.
  const places = new Map<string, number>();
  let length = head.length;
  tags.forEach(({ name, value }, index) => {
    const key = value.toString('latin1');
    const place = places.get(key) ?? length;
    if (place === length) {
      const whole = Buffer.alloc(Math.ceil(value.length / 4) * 4);
      value.copy(whole);
      chunks.push(whole);
      places.set(key, place);
      length += whole.length;
    }
    const at = HEADER + 4 + 12 * index;
    head.write(name, at, 'latin1');
    head.writeUInt32BE(place, at + 4);
    head.writeUInt32BE(value.length, at + 8);
  });
  head.writeUInt32BE(length);
  return Buffer.concat(chunks);
}

/** Its name as version 2 writes it: in ASCII, and nothing in Unicode or for a Macintosh. */
function described(): Buffer {
  const value = Buffer.alloc(12 + NAME.length + 1 + 78);
  value.write('desc', 'latin1');
  value.writeUInt32BE(NAME.length + 1, 8);
  value.write(NAME, 12, 'latin1');
  return value;
}

/** Its name as version 4 writes it: in one language. */
function localized(): Buffer {
  const value = Buffer.alloc(28 + 2 * NAME.length);
  value.write('mluc', 'latin1');
  value.writeUInt32BE(1, 8);
  value.writeUInt32BE(12, 12);
  value.write('enUS', 16, 'latin1');
  value.writeUInt32BE(2 * NAME.length, 20);
  value.writeUInt32BE(28, 24);
  Buffer.from(NAME, 'utf16le').swap16().copy(value, 28);
  return value;
}
