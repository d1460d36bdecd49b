import { SaxesParser, type SaxesTagNS } from 'saxes';
import { FormatRefused } from './format-refused.js';

const MAX_DEPTH = 500;
const XMLNS = 'http://www.w3.org/2000/xmlns/';
const XML = 'http://www.w3.org/XML/1998/namespace';

export interface XmlAttribute {
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  value: string;
}

/** An element that is open. What is written inside it can still be taken back. */
export interface XmlElement {
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly parent: XmlElement | undefined;
  /** In order, namespaces apart; a filter changes values and takes out what goes. */
  attributes: XmlAttribute[];
  /** Those that it declares, by prefix; a filter takes out what nothing in the copy needs. */
  readonly namespaces: Record<string, string>;
  /** Where its own start tag stands in the output. */
  mark: number;
  verdict: Verdict;
  /** Set by a filter: the element goes with all that is in it when it ends. */
  doomed: boolean;
  /** The text inside, once a filter asked for it by setting it to ''. */
  text?: string;
}

/** `unwrap`: the tags go, what is between them stays. */
export type Verdict = 'keep' | 'drop' | 'unwrap';

export interface XmlFilter {
  open(element: XmlElement, output: string[]): Verdict;
  /** After what is inside, before the end tag; a doomed element has not been taken back yet. */
  close?(element: XmlElement, output: string[]): void;
  /** After the end tag, or after the element was taken back. */
  closed?(element: XmlElement, output: string[]): void;
  /** Text that stays; what is returned is written. */
  text?(text: string, parent: XmlElement | undefined, output: string[]): string;
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');

/** Tabs and breaks as references, for a parser would make blanks of them. */
export const quoted = (value: string): string =>
  `"${escaped(value)
    .replaceAll('"', '&quot;')
    .replaceAll(/[\t\n]/g, (sign) => `&#${sign.charCodeAt(0)};`)}"`;

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * A part of XML through a filter, in one pass: comments, processing instructions and CDATA
 * marks go, whatever the filter says; document types are refused, entities with them.
 *
 * @throws FormatRefused damaged-file
 */
export function filterXml(bytes: Buffer, part: string, filter: XmlFilter): Buffer {
  return Buffer.from(XML_HEAD + new Pass(part, filter).run(decoded(bytes, part)).join(''));
}

/** Reads a part without writing it: an element and the text inside when it ends. */
export function readXml(bytes: Buffer, part: string, closed: (element: XmlElement) => void): void {
  const open = (element: XmlElement): Verdict => {
    element.text = '';
    return 'keep';
  };
  new Pass(part, { open, closed, text: () => '' }).run(decoded(bytes, part));
}

function decoded(bytes: Buffer, part: string): string {
  const [first, second] = bytes;
  const wide = first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-16be';
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  try {
    return new TextDecoder(isWide ? wide : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FormatRefused('damaged-file', { part, reason: 'encoding' });
  }
}

class Pass {
  private readonly output: string[] = [];
  private readonly parser = new SaxesParser({ xmlns: true, position: false });
  private top: XmlElement | undefined;
  private depth = 0;
  /** How many of the open elements are dropped. */
  private dropped = 0;
  /** Namespaces of unwrapped elements: what is inside them still needs these. */
  private readonly orphaned = new Map<XmlElement, Record<string, string>>();

  constructor(
    private readonly part: string,
    private readonly filter: XmlFilter,
  ) {}

  run(text: string): string[] {
    const { parser } = this;
    parser.on('error', () => this.broken('xml'));
    parser.on('doctype', () => this.broken('doctype'));
    parser.on('xmldecl', ({ encoding = 'utf-8' }) => {
      if (!/^(utf-?8|utf-?16(le|be)?|us-ascii)$/i.test(encoding)) this.broken('encoding');
    });
    parser.on('opentag', (tag) => this.open(tag));
    parser.on('closetag', () => this.close());
    parser.on('text', (content) => this.write(content));
    parser.on('cdata', (content) => this.write(content));
    parser.write(text).close();
    return this.output;
  }

  private broken(reason: string): never {
    throw new FormatRefused('damaged-file', { part: this.part, reason });
  }

  private open(tag: SaxesTagNS): void {
    if (++this.depth > MAX_DEPTH) this.broken('depth');
    const parent = this.top;
    const attributes = Object.values(tag.attributes).filter(({ uri }) => uri !== XMLNS);
    const element: XmlElement = {
      name: tag.name,
      local: tag.local,
      uri: tag.uri,
      parent,
      attributes: attributes.map(({ name, local, uri, value }) => ({ name, local, uri, value })),
      namespaces: { ...tag.ns },
      mark: this.output.length,
      verdict: 'drop',
      doomed: false,
    };
    this.top = element;
    if (this.dropped === 0) element.verdict = this.filter.open(element, this.output);
    element.mark = this.output.length;
    if (element.verdict === 'drop') this.dropped += 1;
    const inherited = parent && this.orphaned.get(parent);
    const ns = { ...inherited, ...element.namespaces };
    if (element.verdict === 'unwrap') {
      if (Object.keys(ns).length > 0) this.orphaned.set(element, ns);
    } else if (element.verdict === 'keep') {
      this.output.push(startTag(element, ns));
    }
  }

  private close(): void {
    const element = this.top!;
    this.top = element.parent;
    this.depth -= 1;
    this.orphaned.delete(element);
    if (element.verdict === 'drop') this.dropped -= 1;
    if (this.dropped > 0) return;
    if (element.verdict === 'drop') {
      this.filter.closed?.(element, this.output);
      return;
    }
    this.filter.close?.(element, this.output);
    if (element.doomed) this.output.length = element.mark;
    else if (element.verdict === 'keep') this.output.push(`</${element.name}>`);
    this.filter.closed?.(element, this.output);
  }

  private write(content: string): void {
    // Outermost first would be the same: whoever asked gets all the text inside.
    for (let each = this.top; each; each = each.parent) {
      if (each.text !== undefined && each.text.length < 1_000) each.text += content;
    }
    if (this.dropped > 0) return;
    const text = this.filter.text?.(content, this.top, this.output) ?? content;
    // Outside the root there is nothing but blanks.
    if (this.top && text !== '') this.output.push(escaped(text));
  }
}

function startTag(element: XmlElement, ns: Record<string, string>): string {
  const names = Object.entries(ns)
    .filter(([, uri]) => uri !== XML)
    .map(([prefix, uri]) => ` xmlns${prefix && `:${prefix}`}=${quoted(uri)}`);
  const own = element.attributes.map(({ name, value }) => ` ${name}=${quoted(value)}`);
  return `<${element.name}${names.join('')}${own.join('')}>`;
}

/** Its attribute of that local name. */
export const attributeOf = (element: XmlElement, local: string): string | undefined =>
  element.attributes.find((each) => each.local === local)?.value;
