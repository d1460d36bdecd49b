import { colourProfile } from './colour-profile.js';
import { jpeg, segment } from './images.js';
import type { Plant } from './telling-docx.js';

const [SHORT, LONG, ASCII, UNDEFINED, BYTE] = [3, 4, 2, 7, 1];
type Tag = readonly [tag: number, type: number, value: number | string | Buffer];

interface Page {
  readonly tags: readonly Tag[];
  readonly pixels: Buffer;
}

/** A TIFF of pages in one strip each, in either order of bytes. */
function tiff(pages: readonly Page[], little: boolean): Buffer {
  const chunks: Buffer[] = [Buffer.from(little ? 'II*\0\0\0\0\0' : 'MM\0*\0\0\0\0', 'latin1')];
  let length = 8;
  const short = (target: Buffer, value: number, at: number) =>
    little ? target.writeUInt16LE(value, at) : target.writeUInt16BE(value, at);
  const long = (target: Buffer, value: number, at: number) =>
    little ? target.writeUInt32LE(value, at) : target.writeUInt32BE(value, at);
  const put = (content: Buffer): number => {
    const at = length;
    const even = content.length % 2 ? Buffer.concat([content, Buffer.alloc(1)]) : content;
    chunks.push(even);
    length += even.length;
    return at;
  };
  let link: [Buffer, number] = [chunks[0]!, 4];
  for (const { tags, pixels } of pages) {
    const data: Tag[] = [
      [273, LONG, put(pixels)],
      [279, LONG, pixels.length],
    ];
    const all = [...tags, ...data].toSorted(([a], [b]) => a - b);
    const directory = Buffer.alloc(2 + 12 * all.length + 4);
    short(directory, all.length, 0);
    all.forEach(([tag, type, value], index) => {
      const at = 2 + 12 * index;
      short(directory, tag, at);
      short(directory, type, at + 2);
      const content = typeof value === 'string' ? Buffer.from(`${value}\0`) : value;
      long(directory, typeof content === 'number' ? 1 : content.length, at + 4);
      if (typeof content === 'number' && type === SHORT) short(directory, content, at + 8);
      else if (typeof content === 'number') long(directory, content, at + 8);
      else if (content.length <= 4) content.copy(directory, at + 8);
      else long(directory, put(content), at + 8);
    });
    long(link[0], put(directory), link[1]);
    link = [directory, directory.length - 4];
  }
  return Buffer.concat(chunks);
}

const size = (width: number, height: number): Tag[] => [
  [256, SHORT, width],
  [257, SHORT, height],
  [258, SHORT, 8],
  [262, SHORT, 1],
  [277, SHORT, 1],
  [278, SHORT, height],
];

/** Two pages of grey pixels, and between them a smaller copy of the first. */
export const tellingTiff = (plant: Plant, little = true): Buffer =>
  Buffer.concat([
    tiff(
      [
        {
          tags: [
            ...size(2, 2),
            [254, LONG, 0],
            [259, SHORT, 1],
            [270, ASCII, plant('description')],
            [271, ASCII, plant('make')],
            [285, ASCII, plant('page name')],
            [305, ASCII, plant('software')],
            [315, ASCII, plant('artist')],
            [316, ASCII, plant('computer')],
            [333, ASCII, plant('ink')],
            [700, BYTE, Buffer.from(plant('xmp'))],
            [33_432, ASCII, plant('copyright')],
            [33_723, UNDEFINED, Buffer.from(plant('iptc'))],
            [34_377, BYTE, Buffer.from(plant('photoshop'))],
            [34_675, UNDEFINED, colourProfile(plant)],
            [42_016, ASCII, plant('image id')],
            [65_000, ASCII, plant('private tag')],
          ],
          pixels: Buffer.of(10, 20, 30, 40),
        },
        {
          tags: [...size(24, 1), [254, LONG, 1], [259, SHORT, 1]],
          pixels: Buffer.from(plant('thumbnail').padEnd(24)),
        },
        { tags: [...size(1, 1), [254, LONG, 2], [259, SHORT, 1]], pixels: Buffer.of(50) },
      ],
      little,
    ),
    Buffer.from(plant('behind')),
  ]);

/** One page that is a JPEG with all that a camera wrote into it. */
export const photographedTiff = (plant: Plant): Buffer =>
  tiff(
    [
      {
        tags: [...size(8, 8), [259, SHORT, 7]],
        pixels: jpeg([segment(0xfe, plant('comment')), segment(0xed, plant('iptc'))]),
      },
    ],
    true,
  );

/** Compressed as only the oldest programs did: parts of it lie anywhere in the file. */
export const oldJpegTiff = (): Buffer =>
  tiff([{ tags: [...size(8, 8), [259, SHORT, 6]], pixels: jpeg() }], true);
