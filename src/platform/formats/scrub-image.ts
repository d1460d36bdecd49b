import type { Findings } from './findings.js';
import { FormatRefused, unscrubbablePicture } from './format-refused.js';
import { scrubBitmap } from './image-bitmap.js';
import { scrubGif, scrubPng, scrubWebp } from './image-chunks.js';
import { scrubEmf } from './image-emf.js';
import { scrubJpeg } from './image-jpeg.js';
import { scrubSvm, scrubWmf } from './image-metafile.js';
import { scrubTiff } from './image-tiff.js';
import { scrubSvg } from './scrub-svg.js';

type Scrub = (bytes: Buffer, where: string, found: Findings) => Buffer;

interface ImageKind {
  readonly extension: string;
  readonly mediaType: string;
  readonly scrub: Scrub;
}

/** What of a picture's metadata could still stand inside another one that is drawn in it. */
const TRACES = ['Exif\0\0', 'http://ns.adobe.com/xap/', '<x:xmpmeta', 'Photoshop 3.0'];
/** What begins a picture in a metafile that is handed to the printer as it is. */
const PICTURES = ['\x89PNG\r\n\x1a\n', 'JFIF\0'];

const svg: Scrub = (bytes, where, found) =>
  scrubSvg(bytes, where, found, (inside) => scrubImage(inside, where, found).bytes);

const kind = (extension: string, mediaType: string, scrub: Scrub): ImageKind => ({
  extension,
  mediaType,
  scrub,
});
const KINDS = {
  jpeg: kind('jpeg', 'image/jpeg', scrubJpeg),
  png: kind('png', 'image/png', scrubPng),
  gif: kind('gif', 'image/gif', scrubGif),
  webp: kind('webp', 'image/webp', scrubWebp),
  tiff: kind('tiff', 'image/tiff', scrubTiff),
  bmp: kind('bmp', 'image/bmp', scrubBitmap),
  emf: kind('emf', 'image/x-emf', scrubEmf),
  wmf: kind('wmf', 'image/x-wmf', scrubWmf),
  svm: kind('svm', 'application/x-openoffice-gdimetafile', scrubSvm),
  svg: kind('svg', 'image/svg+xml', svg),
};

const METAFILES = new Set([KINDS.emf, KINDS.wmf, KINDS.svm]);

const WMF = ['\xd7\xcd\xc6\x9a', '\x01\0\x09\0\0\x03', '\x01\0\x09\0\0\x01', '\x02\0\x09\0\0\x03'];

/** By its first bytes: a name proves nothing. */
function kindOf(bytes: Buffer): ImageKind | undefined {
  const head = bytes.toString('latin1', 0, 64);
  if (bytes.length < 16) return undefined;
  if (head.startsWith('\xff\xd8\xff')) return KINDS.jpeg;
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return KINDS.png;
  if (/^GIF8[79]a/.test(head)) return KINDS.gif;
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return KINDS.webp;
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return KINDS.tiff;
  if (head.startsWith('BM')) return KINDS.bmp;
  if (head.startsWith('\x01\0\0\0') && head.startsWith(' EMF', 40)) return KINDS.emf;
  if (WMF.some((start) => head.startsWith(start))) return KINDS.wmf;
  if (head.startsWith('VCLMTF')) return KINDS.svm;
  if (/<(?:\w+:)?svg[\s>]/.test(bytes.toString('utf8', 0, 4_096))) return KINDS.svg;
  return undefined;
}

/**
 * A picture without what it tells beside itself, its pixels untouched.
 *
 * @throws FormatRefused unscrubbable where the kind is unknown, naming the part; damaged-file
 */
export function scrubImage(
  bytes: Buffer,
  where: string,
  found: Findings,
): { bytes: Buffer; kind: ImageKind } {
  const known = kindOf(bytes);
  if (!known) throw unscrubbablePicture(where);
  let scrubbed: Buffer;
  try {
    scrubbed = known.scrub(bytes, where, found);
  } catch (error) {
    // Reading beyond the end.
    if ((error as Error).name !== 'RangeError') throw error;
    throw new FormatRefused('damaged-file', { part: where });
  }
  const isOnlyTurned = known === KINDS.jpeg;
  const looked = METAFILES.has(known) ? [...TRACES, ...PICTURES] : TRACES;
  const traces = looked.filter((trace) => scrubbed.includes(trace, 0, 'latin1'));
  if (traces.length > 0 && !(isOnlyTurned && traces.length === 1 && traces[0] === TRACES[0])) {
    throw unscrubbablePicture(where);
  }
  return { bytes: scrubbed, kind: known };
}
