import type { Plant } from './telling-docx.js';

const fixed = (...numbers: readonly number[]): Buffer => {
  const value = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, at) => value.writeInt32BE(Math.round(number * 65_536), 4 * at));
  return value;
};
const place = (x: number, y: number, z: number): Buffer =>
  Buffer.concat([Buffer.from('XYZ \0\0\0\0', 'latin1'), fixed(x, y, z)]);
const text = (said: string): Buffer => Buffer.from(`text\0\0\0\0${said}\0`, 'latin1');
/** Of version 2: in ASCII, in Unicode (none) and for a Macintosh (none). */
const described = (said: string): Buffer => {
  const value = Buffer.alloc(12 + said.length + 1 + 78);
  value.write('desc', 'latin1');
  value.writeUInt32BE(said.length + 1, 8);
  value.write(said, 12, 'latin1');
  return value;
};
/** Of version 4: in one language. */
const localized = (said: string): Buffer => {
  const value = Buffer.alloc(28 + 2 * said.length);
  value.write('mluc', 'latin1');
  value.writeUInt32BE(1, 8);
  value.writeUInt32BE(12, 12);
  value.write('enUS', 16, 'latin1');
  value.writeUInt32BE(2 * said.length, 20);
  value.writeUInt32BE(28, 24);
  Buffer.from(said, 'utf16le').swap16().copy(value, 28);
  return value;
};

/** A profile of a screen with the colours of sRGB, as the screen's own program writes it. */
export function colourProfile(plant: Plant, version: 2 | 4 = 2): Buffer {
  const name = version === 2 ? described : localized;
  const curve = Buffer.from('63757276000000000000000102330000', 'hex');
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', name(plant('profile name'))],
    [
      'cprt',
      version === 2 ? text(plant('profile copyright')) : localized(plant('profile copyright')),
    ],
    ['dmnd', name(plant('profile maker'))],
    ['dmdd', name(plant('profile screen'))],
    ['mmod', text(plant('profile serial'))],
    ['wtpt', place(0.9642, 1, 0.8249)],
    ['rXYZ', place(0.4361, 0.2225, 0.0139)],
    ['gXYZ', place(0.3851, 0.7169, 0.0971)],
    ['bXYZ', place(0.1431, 0.0606, 0.7141)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const head = Buffer.alloc(132 + 12 * tags.length);
  head[8] = version;
  head.write('mntrRGB XYZ ', 12, 'latin1');
  head.writeUInt16BE(2024, 24);
  head.write('acspAPPL', 36, 'latin1');
  place(0.9642, 1, 0.8249).copy(head, 68, 8);
  head.writeUInt32BE(tags.length, 128);
  let length = head.length;
  const values = tags.map(([tag, value], index) => {
    const at = 132 + 12 * index;
    head.write(tag, at, 'latin1');
    head.writeUInt32BE(length, at + 4);
    head.writeUInt32BE(value.length, at + 8);
    const whole = Buffer.alloc(Math.ceil(value.length / 4) * 4);
    value.copy(whole);
    length += whole.length;
    return whole;
  });
  head.writeUInt32BE(length);
  return Buffer.concat([head, ...values]);
}
