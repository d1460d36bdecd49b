import { deflateSync } from 'node:zlib';
import { colourProfile } from './colour-profile.js';
import { chunk, exif, jpeg, png, segment } from './images.js';
import type { Plant } from './telling-docx.js';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const xmp = (plant: Plant): string =>
  `<x:xmpmeta><dc:creator>${plant('xmp creator')}</dc:creator></x:xmpmeta>`;
const shot = (plant: Plant): Buffer =>
  exif(
    { 0x010e: plant('exif description'), 0x013b: plant('exif artist') },
    { 0xa431: plant('exif serial') },
    { 1: 'N', 2: [46, 3, 0], 3: 'E', 4: [14, 30, 0] },
    plant('exif thumbnail'),
  );

export const tellingPng = (plant: Plant): Buffer =>
  png(
    [
      chunk(
        'iCCP',
        Buffer.concat([latin(`${plant('profile label')}\0\0`), deflateSync(colourProfile(plant))]),
      ),
      chunk('tEXt', `Author\0${plant('text')}`),
      chunk('zTXt', Buffer.concat([latin('Comment\0\0'), deflateSync(plant('packed text'))])),
      chunk('iTXt', `XML:com.adobe.xmp\0\0\0\0\0${xmp(plant)}`),
      chunk('eXIf', shot(plant).subarray(6)),
      chunk('tIME', Buffer.from('07e80102030405', 'hex')),
      chunk('prVt', plant('private chunk')),
    ],
    plant('behind'),
  );

export function tellingJpeg(plant: Plant): Buffer {
  const profile = colourProfile(plant, 4);
  const [first, second] = [profile.subarray(0, 300), profile.subarray(300)];
  const icc = (part: Buffer, number: number) =>
    segment(0xe2, Buffer.concat([latin('ICC_PROFILE\0'), Buffer.of(number, 2), part]));
  return jpeg(
    [
      segment(0xe0, `JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01${plant('jfif thumbnail')}`),
      segment(0xe0, `JFXX\0\x10${plant('jfxx thumbnail')}`),
      segment(0xe1, shot(plant)),
      segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${xmp(plant)}`),
      // In the wrong order, as the format allows.
      icc(second, 2),
      icc(first, 1),
      segment(0xe2, `MPF\0${plant('other pictures')}`),
      segment(0xed, `Photoshop 3.0\0${plant('iptc')}`),
      segment(0xeb, plant('content credentials')),
      segment(0xfe, plant('comment')),
    ],
    plant('behind'),
  );
}

const blocks = (text: string): Buffer =>
  Buffer.concat([Buffer.of(text.length), latin(text), Buffer.of(0)]);

/** Two frames of one pixel: white, then black. */
export function tellingGif(plant: Plant): Buffer {
  const frame = (pixel: string) =>
    Buffer.from(`21f904000a0000002c0000000001000100000202${pixel}00`, 'hex');
  const application = (name: string, content: Buffer) =>
    Buffer.concat([Buffer.from('21ff0b', 'hex'), latin(name), content]);
  // XMP lies there as it is; the bytes behind it end it as blocks, wherever it is entered.
  const ending = Buffer.from(
    Array.from({ length: 258 }, (_, at) => (at ? Math.max(256 - at, 0) : 1)),
  );
  return Buffer.concat([
    latin('GIF89a'),
    Buffer.from('01000100800000ffffff000000', 'hex'),
    application('NETSCAPE2.0', Buffer.from('0301000000', 'hex')),
    Buffer.from('21fe', 'hex'),
    blocks(plant('comment')),
    application('XMP DataXMP', Buffer.concat([latin(xmp(plant)), ending])),
    application('ICCRGBG1012', blocks(plant('profile'))),
    application('GIFCONnb1.0', blocks(plant('application'))),
    frame('4401'),
    Buffer.from('21010c000000000000000000000101', 'hex'),
    blocks(plant('plain text')),
    frame('4c01'),
    Buffer.of(0x3b),
    latin(plant('behind')),
  ]);
}

const riff = (type: string, data: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
};
/** Red, green, blue and white, two by two. */
const PIXELS = riff(
  'VP8L',
  Buffer.from('2f014000001f201048de1f3a8df9171014fc1fddfc47640fe0060c11fd0f01', 'hex'),
);
const webp = (...chunks: readonly Buffer[]): Buffer =>
  riff('RIFF', Buffer.concat([latin('WEBP'), ...chunks]));
/** What the file holds by its flags, and two pixels by two. */
const extended = (flags: number): Buffer =>
  riff('VP8X', Buffer.from([flags, 0, 0, 0, 1, 0, 0, 1, 0, 0]));

export const tellingWebp = (plant: Plant): Buffer =>
  Buffer.concat([
    webp(
      extended(0x2c),
      riff('ICCP', colourProfile(plant)),
      PIXELS,
      riff('EXIF', shot(plant)),
      riff('XMP ', latin(xmp(plant))),
      riff('prVt', latin(plant('private chunk'))),
    ),
    latin(plant('behind')),
  ]);

export const movingWebp = (plant: Plant): Buffer => {
  const head = Buffer.from('00000000000001000001000064000000', 'hex');
  const frame = (place: string) =>
    riff('ANMF', Buffer.concat([head, PIXELS, riff('prVt', latin(plant(place)))]));
  return webp(
    extended(0x02),
    riff('ANIM', Buffer.alloc(6)),
    frame('in a frame'),
    frame('in another frame'),
  );
};

/** The header of version 5, which names the file of a profile; three pixels by two. */
export function tellingBmp(plant: Plant): Buffer {
  const path = latin(`C:\\Users\\${plant('profile path')}.icm\0`);
  const gap = latin(plant('before the pixels').padEnd(40));
  const pixels = Buffer.from('0000ff00ff00ff0000000000ffffff808080404040000000', 'hex');
  const header = Buffer.alloc(14 + 124);
  header.write('BM', 'latin1');
  header.write('NovK', 6, 'latin1');
  header.writeUInt32LE(header.length + gap.length, 10);
  header.writeUInt32LE(124, 14);
  header.writeInt32LE(3, 18);
  header.writeInt32LE(2, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  header.write('KNIL', 70, 'latin1');
  header.writeUInt32LE(124 + gap.length + pixels.length, 126);
  header.writeUInt32LE(path.length, 130);
  const whole = Buffer.concat([header, gap, pixels, path]);
  whole.writeUInt32LE(whole.length, 2);
  return Buffer.concat([whole, latin(plant('behind'))]);
}

/** Eight bits a pixel, in runs: four pixels by two. */
export function packedBmp(plant: Plant): Buffer {
  const runs = Buffer.from('04010000020002010001', 'hex');
  const palette = Buffer.from('ff000000ffffff00', 'hex');
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(54 + palette.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(4, 18);
  header.writeInt32LE(2, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(8, 28);
  header.writeUInt32LE(1, 30);
  header.writeUInt32LE(2, 46);
  const whole = Buffer.concat([header, palette, runs, latin(plant('behind the runs'))]);
  whole.writeUInt32LE(whole.length, 2);
  whole.writeUInt32LE(whole.length - 62, 34);
  return whole;
}
