import type { Findings } from './findings.js';
import { attributeOf, type Verdict, type XmlElement } from './xml-filter.js';

const OFF = new Set(['0', 'false', 'off']);
const isOn = (value: string | undefined): boolean => !OFF.has(value ?? 'true');

export function closest(element: XmlElement, local: string): XmlElement | undefined {
  let each = element.parent;
  while (each && each.local !== local) each = each.parent;
  return each;
}

/** Text, rows and drawings that are there and not shown: they go, and are told. */
export class Hidden {
  /** Runs and paragraphs whose text is hidden, and those of them that hold a mark of a field. */
  private readonly hidden = new WeakMap<XmlElement, boolean>();
  private readonly withField = new WeakSet<XmlElement>();
  private readonly rows = new WeakSet<XmlElement>();

  /** @param styles ids of those that hide text */
  constructor(
    private readonly where: string,
    private readonly found: Findings,
    private readonly styles: ReadonlySet<string>,
  ) {}

  /** Of what stands in a hidden run: undefined where it does not. */
  inside(element: XmlElement): Verdict | undefined {
    const { parent, local } = element;
    if (!parent || parent.local !== 'r' || !this.hidden.get(parent) || local === 'rPr') {
      return undefined;
    }
    if (local !== 'fldChar') return 'drop';
    this.withField.add(parent);
    return undefined;
  }

  /** A run begins: it is as its paragraph is. */
  run(element: XmlElement): void {
    element.text = '';
    this.hidden.set(element, this.hidden.get(closest(element, 'p') ?? element) ?? false);
  }

  style(element: XmlElement): void {
    const holder = element.parent?.parent;
    const style = attributeOf(element, 'val') ?? '';
    if (holder && this.styles.has(style)) this.hidden.set(holder, true);
  }

  /** Of a run; the mark of a paragraph or the style itself stay as they are. */
  vanish(element: XmlElement): void {
    const holder = element.parent?.parent;
    if (element.parent?.local === 'rPr' && holder?.local === 'r') {
      this.hidden.set(holder, isOn(attributeOf(element, 'val')));
    }
  }

  /** Of a row; of a style it says that menus don't show it. */
  row(element: XmlElement): void {
    const row = element.parent?.local === 'trPr' ? closest(element, 'tr') : undefined;
    if (!row || !isOn(attributeOf(element, 'val'))) return;
    row.doomed = true;
    row.text = '';
    this.rows.add(row);
  }

  /** What a drawing, a picture or a shape of it says of itself: whether it goes with all of it. */
  drawing(element: XmlElement): boolean {
    const said = attributeOf(element, 'hidden');
    const style = attributeOf(element, 'style') ?? '';
    const isShape = element.uri === 'urn:schemas-microsoft-com:vml';
    if (isShape ? !/visibility:\s*hidden/i.test(style) : said === undefined || !isOn(said)) {
      return false;
    }
    const value = attributeOf(element, 'descr') ?? attributeOf(element, 'name') ?? null;
    this.found.add('hidden-text', this.where, value);
    if (isShape) return true;
    const { parent } = element;
    const holder = parent?.local.startsWith('nv') ? parent.parent : parent;
    if (holder) holder.doomed = true;
    if (element.local === 'docPr' && holder?.parent) holder.parent.doomed = true;
    return true;
  }

  close(element: XmlElement): void {
    const isRun = this.hidden.get(element) && element.local === 'r';
    if (isRun) element.doomed = !this.withField.has(element);
    if ((isRun || this.rows.has(element)) && element.text?.trim()) {
      this.found.add('hidden-text', this.where, element.text);
    }
  }
}
