import { crc32, deflateSync } from 'node:zlib';

/** The smallest grey JPEG that decodes: 8 by 8, one component, one code in each table. */
const TABLES = [
  Buffer.concat([Buffer.from('ffdb004300', 'hex'), Buffer.alloc(64, 1)]),
  Buffer.from('ffc0000b080008000801011100', 'hex'),
  Buffer.from(`ffc400140001${'00'.repeat(15)}00`, 'hex'),
  Buffer.from(`ffc400141001${'00'.repeat(15)}00`, 'hex'),
];
const SCAN = Buffer.from('ffda0008010100003f003f', 'hex');

export function segment(marker: number, body: Buffer | string): Buffer {
  const content = Buffer.from(body as string, 'latin1');
  const head = Buffer.of(0xff, marker, 0, 0);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

export const jpeg = (segments: readonly Buffer[] = [], behind: Buffer | string = ''): Buffer =>
  Buffer.concat([
    Buffer.of(0xff, 0xd8),
    ...segments,
    ...TABLES,
    SCAN,
    Buffer.of(0xff, 0xd9),
    Buffer.from(behind as string, 'latin1'),
  ]);

type Value = string | number | readonly number[];

/** An EXIF block: tags of the picture, of the shot and of the place, and a thumbnail behind. */
export function exif(
  image: Readonly<Record<number, Value>>,
  shot: Readonly<Record<number, Value>> = {},
  place: Readonly<Record<number, Value>> = {},
  thumbnail = '',
): Buffer {
  const chunks: Buffer[] = [Buffer.from('II*\0\x08\0\0\0', 'latin1')];
  const imageSize = 2 + 12 * (Object.keys(image).length + 2) + 4;
  const shotAt = 8 + imageSize;
  const placeAt = shotAt + 2 + 12 * Object.keys(shot).length + 4;
  let free = placeAt + 2 + 12 * Object.keys(place).length + 4;
  const dataAt = free;
  const data: Buffer[] = [];
  const put = (content: Buffer): number => {
    const at = free;
    data.push(content);
    free += content.length;
    return at;
  };
  const directory = (tags: Readonly<Record<number, Value>>, next = 0): Buffer => {
    const entries = Object.entries(tags);
    const whole = Buffer.alloc(2 + 12 * entries.length + 4);
    whole.writeUInt16LE(entries.length);
    entries.forEach(([tag, value], index) => {
      const at = 2 + 12 * index;
      whole.writeUInt16LE(Number(tag), at);
      if (typeof value === 'number') {
        whole.writeUInt16LE(4, at + 2);
        whole.writeUInt32LE(1, at + 4);
        whole.writeUInt32LE(value, at + 8);
      } else if (typeof value === 'string') {
        const text = Buffer.from(`${value}\0`);
        whole.writeUInt16LE(2, at + 2);
        whole.writeUInt32LE(text.length, at + 4);
        if (text.length <= 4) text.copy(whole, at + 8);
        else whole.writeUInt32LE(put(text), at + 8);
      } else {
        const rationals = Buffer.alloc(8 * value.length);
        value.forEach((number, n) => {
          rationals.writeUInt32LE(Math.round(number * 1000), 8 * n);
          rationals.writeUInt32LE(1000, 8 * n + 4);
        });
        whole.writeUInt16LE(5, at + 2);
        whole.writeUInt32LE(value.length, at + 4);
        whole.writeUInt32LE(put(rationals), at + 8);
      }
    });
    whole.writeUInt32LE(next, whole.length - 4);
    return whole;
  };
  const behind = thumbnail ? put(Buffer.concat([Buffer.alloc(6), Buffer.from(thumbnail)])) : 0;
  chunks.push(directory({ ...image, 0x8769: shotAt, 0x8825: placeAt }, behind));
  chunks.push(directory(shot), directory(place));
  if (Buffer.concat(chunks).length !== dataAt) throw new Error('the directories are misplaced');
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), ...chunks, ...data]);
}

export function chunk(type: string, data: Buffer | string): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(data as string)]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(body.length - 4);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** One grey pixel. */
export const png = (chunks: readonly Buffer[] = [], behind = ''): Buffer =>
  Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')),
    ...chunks,
    chunk('IDAT', deflateSync(Buffer.of(0, 128))),
    chunk('IEND', ''),
    Buffer.from(behind),
  ]);
