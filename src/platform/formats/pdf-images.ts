import {
  decodePDFRawStream,
  PDFArray,
  PDFName,
  PDFRawStream,
  type PDFObject,
} from '@cantoo/pdf-lib';
import { deflateSync } from 'node:zlib';
import type { Findings } from './findings.js';
import { scrubJpeg } from './image-jpeg.js';
import { scrubJpeg2000 } from './image-jpeg2000.js';
import { scrubProfile } from './image-profile.js';
import { decoded, entry, textOf } from './pdf-findings.js';

/** Filters behind which a photograph lies as the very file that a camera or a scanner made. */
const FILES: Readonly<Record<string, typeof scrubJpeg>> = {
  DCTDecode: scrubJpeg,
  DCT: scrubJpeg,
  JPXDecode: scrubJpeg2000,
};

/** The list under a name, or the one thing that stands there instead. */
const listOf = (value: PDFObject | undefined): (PDFObject | undefined)[] =>
  value instanceof PDFArray
    ? Array.from({ length: value.size() }, (_, at) => value.lookup(at))
    : [value];

/** Makes a photograph tell nothing, whatever it is wrapped in. */
export function cleanImage(stream: PDFRawStream, where: string, found: Findings): void {
  const { dict } = stream;
  const filters = listOf(entry(dict, 'Filter'));
  const last = filters.at(-1);
  const scrub = FILES[textOf(last) ?? ''];
  if (!scrub || !last) return;
  const settings = listOf(entry(dict, 'DecodeParms'));
  let file = stream.contents;
  if (filters.length > 1) {
    const wrapped = dict.clone();
    wrapped.set(FILTER, dict.context.obj(filters.slice(0, -1) as never));
    wrapped.delete(SETTINGS);
    if (settings.length === filters.length) {
      wrapped.set(SETTINGS, dict.context.obj(settings.slice(0, -1) as never));
    }
    file = decodePDFRawStream(PDFRawStream.of(wrapped, stream.contents)).decode();
  }
  dict.set(FILTER, last);
  const own = settings.length === filters.length ? settings.at(-1) : undefined;
  if (own) dict.set(SETTINGS, own);
  else dict.delete(SETTINGS);
  replace(stream, scrub(Buffer.from(file), where, found));
}

/** Makes the profile of a colour space tell nothing: `[/ICCBased stream]`. */
export function cleanProfile(space: PDFArray, where: string, found: Findings): void {
  if (space.size() < 2 || textOf(space.lookup(0)) !== 'ICCBased') return;
  const stream = space.lookup(1);
  if (!(stream instanceof PDFRawStream)) return;
  const profile = decoded(stream);
  // Where none can be read, the number of colours says what they are.
  const plain = (profile.length > 0 && scrubProfile(profile, where, found)) || Buffer.of();
  if (plain.length > 0 && plain.equals(profile)) return;
  stream.dict.set(FILTER, PDFName.of('FlateDecode'));
  stream.dict.delete(SETTINGS);
  replace(stream, deflateSync(plain));
}

const [FILTER, SETTINGS, LENGTH] = ['Filter', 'DecodeParms', 'Length'].map((name) =>
  PDFName.of(name),
) as [PDFName, PDFName, PDFName];

function replace(stream: PDFRawStream, contents: Buffer): void {
  (stream as { contents: Uint8Array }).contents = contents;
  stream.dict.set(LENGTH, stream.dict.context.obj(contents.length));
}
