import { FormatRefused } from './format-refused.js';
import { LineWriter } from './line-writer.js';
import type { LeftOutPart, Line } from './marked-lines.js';
import { readXml, type Attributes, type XmlHandler } from './read-xml.js';

/** What is no text of the document, with all that it holds. */
const SKIPPED = new Set([
  'text:tracked-changes',
  'text:note-citation',
  'office:annotation',
  'office:binary-data',
  'svg:title',
  'svg:desc',
]);
/** What of a document stands between these is left out of a count. */
const PARTS: Readonly<Record<string, LeftOutPart>> = {
  'text:table-of-content': 'contents',
  'text:illustration-index': 'contents',
  'text:table-index': 'contents',
  'style:header': 'furniture',
  'style:header-left': 'furniture',
  'style:header-first': 'furniture',
  'style:footer': 'furniture',
  'style:footer-left': 'furniture',
  'style:footer-first': 'furniture',
};
const SIGNS: Readonly<Record<string, string>> = {
  'text:tab': '\t',
  'text:line-break': '\n',
  'text:soft-page-break': '\f',
};
const PARAGRAPHS = new Set(['text:p', 'text:h']);

/**
 * The paragraphs of an OpenDocument text: headers, the body with its tables and frames, notes.
 * Revisions are read as accepted; annotations and hidden text are no words.
 *
 * @throws FormatRefused damaged-file, text-too-long, document-too-complex, or active-content
 */
export function readOdt(entries: ReadonlyMap<string, Buffer>): Line[] {
  const content = entries.get('content.xml');
  if (!content) {
    throw new FormatRefused('damaged-file', { part: 'content.xml', reason: 'missing' });
  }
  const writer = new LineWriter();
  const notes: Note[] = [];
  const styles = entries.get('styles.xml');
  if (styles) readXml(styles, 'styles.xml', new OdtPart(writer, notes));
  readXml(content, 'content.xml', new OdtPart(writer, notes));
  // Beyond the last page, so that no rule takes them for the foot of it.
  writer.turnPage();
  for (const wanted of ['footnotes', 'endnotes'] as const) {
    for (const { text, part } of notes) if (part === wanted) writer.paragraph(text, { part });
  }
  return writer.lines;
}

interface Note {
  readonly text: string;
  readonly part: LeftOutPart;
}

interface Style {
  breaks: boolean;
  hidden: boolean;
}

class OdtPart implements XmlHandler {
  private skipping = 0;
  private readonly paragraphs: string[] = [];
  private readonly parts: LeftOutPart[] = [];
  /** Of each span that is open, whether it hides what it holds. */
  private readonly spans: boolean[] = [];
  private readonly styles = new Map<string, Style>();
  private style: Style | undefined;

  constructor(
    private readonly writer: LineWriter,
    private readonly notes: Note[],
  ) {}

  open(name: string, attribute: Attributes): void {
    const part = name === 'text:note' ? noteClass(attribute) : PARTS[name];
    if (this.skipping > 0 || SKIPPED.has(name)) this.skipping++;
    else if (part) this.parts.push(part);
    else if (PARAGRAPHS.has(name)) this.begin(attribute('text:style-name'));
    else if (name === 'text:span') {
      this.spans.push(this.styles.get(attribute('text:style-name') ?? '')?.hidden === true);
    } else if (name === 'text:s') this.put(' '.repeat(clamp(attribute('text:c'))));
    else if (SIGNS[name] !== undefined) this.sign(SIGNS[name]);
    else if (name === 'script:event-listener') {
      throw new FormatRefused('active-content', { part: 'script:event-listener' });
    } else this.openStyle(name, attribute);
  }

  close(name: string): void {
    if (this.skipping > 0) this.skipping--;
    else if (name === 'text:note' || PARTS[name]) this.parts.pop();
    else if (name === 'text:span') this.spans.pop();
    else if (PARAGRAPHS.has(name)) this.end(name === 'text:h');
  }

  text(text: string): void {
    if (this.skipping === 0) this.put(text.replaceAll(/[ \t\r\n]+/g, ' '));
  }

  private openStyle(name: string, attribute: Attributes): void {
    if (name === 'style:style') {
      this.style = { breaks: (attribute('style:master-page-name') ?? '') !== '', hidden: false };
      this.styles.set(attribute('style:name') ?? '', this.style);
    } else if (!this.style) return;
    else if (name === 'style:paragraph-properties') {
      this.style.breaks ||= attribute('fo:break-before') === 'page';
    } else if (name === 'style:text-properties') {
      this.style.hidden = attribute('text:display') === 'none';
    }
  }

  private begin(style: string | undefined): void {
    const nested = this.paragraphs.length > 0;
    if (!nested && this.styles.get(style ?? '')?.breaks) this.writer.turnPage();
    this.paragraphs.push('');
  }

  private end(heading: boolean): void {
    const text = this.paragraphs.pop() ?? '';
    const part = this.parts.at(-1);
    if (part === 'footnotes' || part === 'endnotes') this.notes.push({ text, part });
    else this.writer.paragraph(text, { part, heading });
  }

  private sign(sign: string): void {
    if (this.paragraphs.length === 0 && sign === '\f') this.writer.turnPage();
    else this.put(sign);
  }

  private put(text: string): void {
    if (this.paragraphs.length === 0 || this.spans.includes(true)) return;
    this.paragraphs[this.paragraphs.length - 1] += text;
  }
}

const noteClass = (attribute: Attributes): LeftOutPart =>
  attribute('text:note-class') === 'endnote' ? 'endnotes' : 'footnotes';

/** So many spaces in a row as anybody meant. */
const clamp = (count: string | undefined): number => Math.min(Math.max(Number(count ?? 1), 1), 100);
