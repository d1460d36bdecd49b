import { SaxesParser } from 'saxes';
import { FormatRefused } from './format-refused.js';

/** Namespaces whose elements mean something here, in both editions of OOXML, by their usual prefix. */
const OOXML = 'http://schemas.openxmlformats.org/';
const STRICT = 'http://purl.oclc.org/ooxml/';
const OASIS = 'urn:oasis:names:tc:opendocument:xmlns:';
const PREFIXES = new Map([
  [`${OOXML}wordprocessingml/2006/main`, 'w'],
  [`${STRICT}wordprocessingml/main`, 'w'],
  [`${OOXML}officeDocument/2006/math`, 'm'],
  [`${STRICT}officeDocument/math`, 'm'],
  [`${OOXML}markup-compatibility/2006`, 'mc'],
  [`${OOXML}package/2006/relationships`, 'rel'],
  ...['office', 'text', 'style', 'script'].map((name) => [`${OASIS}${name}:1.0`, name] as const),
  [`${OASIS}xsl-fo-compatible:1.0`, 'fo'],
  [`${OASIS}svg-compatible:1.0`, 'svg'],
]);

/** An attribute's value by the usual prefix and name of both; a bare one by its name alone. */
export type Attributes = (name: string) => string | undefined;

export interface XmlHandler {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(text: string): void;
}

/** Nothing that a word processor writes is nested so deep. */
const MOST_DEPTH = 500;
/** What is decoded at a time, so that a large part never stands in memory twice. */
const PIECE = 64 * 1024;
const UNDECODABLE = 'ERR_ENCODING_INVALID_ENCODED_DATA';

/**
 * Reads a part of a package as a stream of elements and text, names under their usual prefixes
 * whatever the file calls them; others bare. There are no document types and no entities.
 *
 * @throws FormatRefused damaged-file where the XML is not well-formed or has a document type;
 *   document-too-complex where it is nested too deep
 */
export function readXml(bytes: Buffer, part: string, handler: XmlHandler): void {
  const damaged = (reason: string) => new FormatRefused('damaged-file', { part, reason });
  const parser = new SaxesParser({ xmlns: true, position: false });
  const nameOf = (tag: { uri: string; local: string }) => {
    const prefix = PREFIXES.get(tag.uri);
    return prefix === undefined ? tag.local : `${prefix}:${tag.local}`;
  };
  let depth = 0;
  parser.on('error', (error) => {
    throw damaged(error.message.slice(0, 200));
  });
  parser.on('doctype', () => {
    throw damaged('document type');
  });
  parser.on('opentag', (tag) => {
    if (++depth > MOST_DEPTH) throw new FormatRefused('document-too-complex', { part, depth });
    const attributes = Object.values(tag.attributes);
    handler.open(nameOf(tag), (name) => attributes.find((each) => nameOf(each) === name)?.value);
  });
  parser.on('closetag', (tag) => {
    depth--;
    handler.close(nameOf(tag));
  });
  parser.on('text', (text) => handler.text(text));
  parser.on('cdata', (text) => handler.text(text));
  const decoder = decoderOf(bytes);
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      parser.write(decoder.decode(bytes.subarray(at, at + PIECE), { stream: true }));
    }
    parser.write(decoder.decode());
    parser.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === UNDECODABLE) throw damaged('encoding');
    throw error;
  }
}

function decoderOf(bytes: Buffer) {
  const mark = bytes.subarray(0, 2).toString('latin1');
  const label = mark === '\xff\xfe' ? 'utf-16le' : mark === '\xfe\xff' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(label, { fatal: true });
}
