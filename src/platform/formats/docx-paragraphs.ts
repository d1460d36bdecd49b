import type { XmlElement } from './xml-filter.js';

interface Paragraph {
  readonly parent: XmlElement | undefined;
  /** Where its start tag stands in the output. */
  head: number;
  /** Where its content begins, behind its properties. */
  content: number;
  /** Its end was deleted: it runs on into the next one. */
  runsOn: boolean;
  /** The one that runs on into it, and where that one's end tag stands. */
  before: { readonly paragraph: Paragraph; readonly end: number } | undefined;
}

const BLOCKS = new Set(['tbl', 'sdt', 'sectPr', 'altChunk']);

/**
 * Paragraphs whose end was deleted become one with the next, as when the change is accepted:
 * the next one's properties hold for both. Nothing in the output changes its place.
 */
export class Paragraphs {
  private readonly known = new WeakMap<XmlElement, Paragraph>();
  private waiting: Paragraph['before'];

  runOn(paragraph: XmlElement | undefined): void {
    const known = paragraph && this.known.get(paragraph);
    if (known) known.runsOn = true;
  }

  /** Before the start tag of an element that stays is written. */
  open(element: XmlElement, isParagraph: boolean, output: string[]): void {
    const above = element.parent && this.known.get(element.parent);
    if (above && element.local !== 'pPr') join(above, output);
    const { parent } = element;
    const isNext = this.waiting !== undefined && this.waiting.paragraph.parent === parent;
    if (isParagraph) {
      const [head, before] = [output.length, isNext ? this.waiting : undefined];
      this.known.set(element, { parent, head, content: head + 1, runsOn: false, before });
    }
    if (isNext && (isParagraph || BLOCKS.has(element.local))) this.waiting = undefined;
  }

  /** Before an end tag is written. */
  close(element: XmlElement, output: string[]): void {
    const paragraph = this.known.get(element);
    if (paragraph) join(paragraph, output);
    if (this.waiting?.paragraph.parent === element) this.waiting = undefined;
  }

  /** After an end tag was written. */
  closed(element: XmlElement, output: string[]): void {
    const above = element.parent && this.known.get(element.parent);
    if (above && element.local === 'pPr') above.content = output.length;
    const paragraph = this.known.get(element);
    if (paragraph?.runsOn) this.waiting = { paragraph, end: output.length - 1 };
  }
}

/** Puts the head of a paragraph in the place of that of the one before it. */
function join(paragraph: Paragraph, output: string[]): void {
  const { before, head, content } = paragraph;
  if (!before) return;
  paragraph.before = undefined;
  const properties = output.slice(head, content).join('');
  output.fill('', head, content);
  output[before.end] = '';
  output.fill('', before.paragraph.head, before.paragraph.content);
  output[before.paragraph.head] = properties;
  paragraph.head = before.paragraph.head;
  paragraph.content = before.paragraph.content;
}
