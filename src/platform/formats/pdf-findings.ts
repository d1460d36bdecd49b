import {
  PDFArray,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFStream,
  PDFString,
  decodePDFRawStream,
  PDFRawStream,
  type PDFDocument,
  PDFPageLeaf,
  type PDFObject,
} from '@cantoo/pdf-lib';
import type { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';
import { readXmp } from './image-exif.js';

export const textOf = (value: PDFObject | undefined): string | undefined => {
  if (value instanceof PDFString || value instanceof PDFHexString) return value.decodeText();
  return value instanceof PDFName ? value.decodeText() : undefined;
};

export const entry = (dict: PDFDict, name: string): PDFObject | undefined =>
  dict.lookup(PDFName.of(name));

export function keepOnly(dict: PDFDict, names: ReadonlySet<string>): void {
  for (const key of dict.keys()) {
    if (
      !names.has(key.decodeText()) &&
      !(dict instanceof PDFPageLeaf && key.decodeText() === 'Parent')
    ) {
      dict.delete(key);
    }
  }
}

/** Says what stands in the document beside its pages: it is not copied. */
export function tellDocument(document: PDFDocument, bytes: Buffer, found: Findings): void {
  const { context, catalog } = document;
  const { Info: info, ID: id } = context.trailerInfo;
  const properties = info && context.lookup(info);
  if (properties instanceof PDFDict) {
    for (const [name, value] of properties.entries()) {
      const key = name.decodeText();
      const text = textOf(context.lookup(value)) ?? '';
      if (key === 'Author') found.add('author', 'Info', text);
      else found.add('property', 'Info', `${key}: ${text}`);
    }
  }
  const ids = id && context.lookup(id);
  if (ids instanceof PDFArray && ids.size() > 0) {
    found.add('identifier', 'trailer', String(ids.get(0)));
  }
  tellXmp(entry(catalog, 'Metadata'), 'XMP', found);
  if (entry(catalog, 'OpenAction') instanceof PDFDict || entry(catalog, 'AA')) {
    found.add('script', 'catalog', scriptOf(entry(catalog, 'OpenAction')));
  }
  const names = entry(catalog, 'Names');
  if (names instanceof PDFDict) {
    for (const [key, value] of namesOf(entry(names, 'JavaScript'))) {
      found.add('script', `script ${key}`, scriptOf(value));
    }
    for (const [key] of namesOf(entry(names, 'EmbeddedFiles'))) {
      found.add('embedded-file', 'EmbeddedFiles', key);
    }
  }
  tellForm(entry(catalog, 'AcroForm'), catalog, found);
  if (entry(catalog, 'PieceInfo')) found.add('property', 'catalog', 'PieceInfo');
  if (entry(catalog, 'StructTreeRoot')) found.add('property', 'catalog', 'StructTreeRoot');
  const ends = bytes.toString('latin1').split('%%EOF').length - 1;
  const isLinear = bytes.subarray(0, 1_024).includes('/Linearized');
  if (ends > (isLinear ? 2 : 1)) {
    found.add('revision', 'file', `${ends - (isLinear ? 2 : 1)} earlier versions`);
  }
}

/**
 * Forms in XML stand beside the pages, and some instead of them: such a page asks for a program.
 *
 * @throws FormatRefused unscrubbable
 */
function tellForm(form: PDFObject | undefined, catalog: PDFDict, found: Findings): void {
  if (!(form instanceof PDFDict) || !entry(form, 'XFA')) return;
  if (String(entry(catalog, 'NeedsRendering')) === 'true') {
    throw new FormatRefused('unscrubbable', { part: 'XFA', mend: 'print the form to a new PDF' });
  }
  found.add('property', 'AcroForm', 'XFA');
}

export function tellXmp(packet: PDFObject | undefined, where: string, found: Findings): void {
  if (packet instanceof PDFRawStream) readXmp(decoded(packet), where, found);
  else if (packet) found.add('property', where, 'XMP');
}

/** A stream as it is when unpacked; nothing where it can't be. */
export function decoded(stream: PDFRawStream): Buffer {
  try {
    return Buffer.from(decodePDFRawStream(stream).decode());
  } catch {
    return Buffer.of();
  }
}

const scriptOf = (action: PDFObject | undefined): string | null =>
  action instanceof PDFDict
    ? (textOf(entry(action, 'JS')) ?? textOf(entry(action, 'S')) ?? null)
    : null;

/** The leaves of a tree of names; what is broken or circular ends it. */
export function namesOf(root: PDFObject | undefined): [string, PDFObject | undefined][] {
  const leaves: [string, PDFObject | undefined][] = [];
  const seen = new Set<PDFObject>();
  const open = [root];
  while (open.length > 0 && seen.size < 10_000) {
    const node = open.pop();
    if (!(node instanceof PDFDict) || seen.has(node)) continue;
    seen.add(node);
    const kids = entry(node, 'Kids');
    if (kids instanceof PDFArray)
      for (let at = 0; at < kids.size(); at += 1) open.push(kids.lookup(at));
    const names = entry(node, 'Names');
    if (!(names instanceof PDFArray)) continue;
    for (let at = 0; at + 1 < names.size(); at += 2) {
      leaves.push([textOf(names.lookup(at)) ?? '', names.lookup(at + 1)]);
    }
  }
  return leaves;
}

export const dictOf = (value: PDFObject | undefined): PDFDict | undefined =>
  value instanceof PDFDict ? value : value instanceof PDFStream ? value.dict : undefined;
