import { DocxAttributes } from './docx-attributes.js';
import { Fields } from './docx-fields.js';
import { Namespaces } from './docx-namespaces.js';
import { Paragraphs } from './docx-paragraphs.js';
import * as rules from './docx-rules.js';
import type { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';
import { closest, Hidden } from './docx-hidden.js';
import { attributeOf, type Verdict, type XmlElement, type XmlFilter } from './xml-filter.js';

/** What the parts of one document know of each other. */
export interface DocxContext {
  readonly found: Findings;
  /** Ids of styles that hide text. */
  readonly hiddenStyles: ReadonlySet<string>;
  /** Ids of the notes that the text refers to: `footnote 3`. */
  readonly notes: Set<string>;
  /** Names of fonts that anything is set in. */
  readonly fonts: Set<string>;
}

/** Goes through one part and keeps what is read: see `docx-rules.ts`. */
export class DocxFilter implements XmlFilter {
  private readonly fields: Fields;
  private readonly attributes: DocxAttributes;
  private readonly namespaces = new Namespaces();
  private readonly paragraphs = new Paragraphs();
  private readonly hidden: Hidden;
  private readonly held = new WeakMap<XmlElement, number>();
  private readonly goBack = new Set<string | undefined>();
  private readonly told = new WeakMap<XmlElement, string>();
  /** What was filtered out of a chart. */
  private readonly filtered = new WeakSet<XmlElement>();

  /** @param relate the id of a relationship in the copy, by that in the original */
  constructor(
    private readonly where: string,
    private readonly kind: string,
    private readonly context: DocxContext,
    relate: (id: string) => string | undefined,
  ) {
    this.attributes = new DocxAttributes(where, context, relate);
    this.fields = new Fields(where, context.found);
    this.hidden = new Hidden(where, context.found, context.hiddenStyles);
  }

  open(element: XmlElement, output: string[]): Verdict {
    const short = rules.shortName(element.uri);
    const verdict = this.judge(element, `${short}:${element.local}`, short, output);
    const isKnown = this.namespaces.forget(element);
    if (verdict !== 'keep') return verdict;
    if (!isKnown) return 'drop';
    if (!this.attributes.clean(element)) return element.local === 'hyperlink' ? 'unwrap' : 'drop';
    this.paragraphs.open(element, short === 'w' && element.local === 'p', output);
    return 'keep';
  }

  private judge(
    element: XmlElement,
    name: string,
    short: string | undefined,
    output: string[],
  ): Verdict {
    const { parent } = element;
    if (short === undefined) {
      this.lose('property', element.local);
      return 'drop';
    }
    if (parent?.doomed) return 'drop';
    if (this.kind === 'settings' && parent && !parent.parent) return this.setting(element, name);
    if (rules.REVISION_MARKS.has(name)) return this.revision(element, 'drop');
    if (rules.UNWRAPPED.has(name)) {
      return /ins|moveTo/.test(name) ? this.revision(element, 'unwrap') : this.tag(element);
    }
    if (rules.DROPPED.has(name)) {
      this.attributes.tellDropped(element, name);
      return 'drop';
    }
    if (this.kind.startsWith('chart') && element.local.startsWith('filtered')) {
      element.text = '';
      this.filtered.add(element);
      return 'drop';
    }
    if (/^(docPr|cNvPr)$/.test(element.local) || short === 'v') {
      if (this.hidden.drawing(element)) return 'drop';
    }
    if (name === 'w:font' && this.kind === 'fontTable') {
      return this.context.fonts.has(attributeOf(element, 'name') ?? '') ? 'keep' : 'drop';
    }
    if (name === 'w:name' && parent?.local === 'ffData') {
      this.attributes.tellDropped(element, 'w:alias');
      return 'drop';
    }
    return this.hidden.inside(element) ?? this.special(element, name, output);
  }

  private special(element: XmlElement, name: string, output: string[]): Verdict {
    switch (name) {
      case 'w:del':
      case 'w:moveFrom':
        return this.deleted(element);
      case 'w:cellDel':
        this.doom(closest(element, 'tc'));
        return this.revision(element, 'drop');
      case 'w:r':
      case 'm:r':
        this.hidden.run(element);
        return 'keep';
      case 'w:pStyle':
      case 'w:rStyle':
        this.hidden.style(element);
        return 'keep';
      case 'w:vanish':
        this.hidden.vanish(element);
        return 'keep';
      case 'w:hidden':
        this.hidden.row(element);
        return 'keep';
      case 'w:fldChar':
        return this.fields.mark(attributeOf(element, 'fldCharType'), output) ? 'keep' : 'drop';
      case 'w:fldSimple':
        return this.simpleField(element);
      case 'w:bookmarkStart':
        if (attributeOf(element, 'name') !== '_GoBack') return 'keep';
        this.goBack.add(attributeOf(element, 'id'));
        return 'drop';
      case 'w:bookmarkEnd':
        return this.goBack.has(attributeOf(element, 'id')) ? 'drop' : 'keep';
      case 'w:footnoteReference':
      case 'w:endnoteReference':
        this.context.notes.add(`${element.local.slice(0, -9)} ${attributeOf(element, 'id')}`);
        return 'keep';
      case 'w:footnote':
      case 'w:endnote':
        return this.note(element);
      case 'w:altChunk':
        throw new FormatRefused('unscrubbable', {
          part: this.where,
          mend: 'open it in a word processor and save it: a whole document is embedded in it',
        });
      case 'w:docVar':
        this.lose('property', `${attributeOf(element, 'name')}: ${attributeOf(element, 'val')}`);
        return 'drop';
      case 'a:ext':
        return this.extension(element);
      default:
        return 'keep';
    }
  }

  close(element: XmlElement, output: string[]): void {
    this.paragraphs.close(element, output);
    this.hidden.close(element);
    if (/^(tr|tbl)$/.test(element.local) && !this.held.get(element)) element.doomed = true;
    if (element.doomed) this.fields.takenBack(element.mark);
  }

  closed(element: XmlElement, output: string[]): void {
    const { local, verdict, doomed } = element;
    const told = this.told.get(element);
    if (this.filtered.has(element)) {
      this.context.found.add('hidden-text', this.where, element.text?.trim() || local);
    } else if (told !== undefined) {
      const value = [told, element.text?.trim()].filter(Boolean).join(': ');
      this.context.found.add('revision', this.where, value);
    } else if (verdict === 'drop' && local === 'fldSimple' && element.text !== undefined) {
      const said = `${attributeOf(element, 'instr')?.trim()}: ${element.text}`;
      this.context.found.add('author', this.where, said);
    }
    if (verdict === 'keep' && !doomed) {
      const holder = local === 'tc' ? 'tr' : local === 'tr' ? 'tbl' : undefined;
      const above = holder && closest(element, holder);
      if (above) this.held.set(above, (this.held.get(above) ?? 0) + 1);
    }
    this.paragraphs.closed(element, output);
    if (local === 'fldChar') this.fields.written(element.mark, output.length);
  }

  text(text: string, parent: XmlElement | undefined, output: string[]): string {
    if (parent?.local === 'f' && this.kind.startsWith('chart')) {
      // Where the numbers were: in another file, on a sheet of some name.
      if (rules.isLocalPath(text) || text.includes('[')) this.lose('property', text);
      return text.trim() && 'Data!$A$1';
    }
    if (!parent || !/^(t|instrText)$/.test(parent.local)) return text;
    if (parent.local === 'instrText') this.fields.instruct(text);
    const kept = this.fields.text(text);
    if (kept !== '') this.fields.written(output.length, output.length + 1);
    return kept;
  }

  private lose(what: 'property' | 'identifier' | 'author', value: string): false {
    this.context.found.add(what, this.where, value);
    return false;
  }

  private revision(element: XmlElement, verdict: Verdict): Verdict {
    const author = attributeOf(element, 'author');
    if (author !== undefined) this.context.found.add('revision', this.where, author);
    return verdict;
  }

  private deleted(element: XmlElement): Verdict {
    const above = element.parent?.local;
    if (above === 'trPr') this.doom(closest(element, 'tr'));
    else if (above === 'rPr') this.paragraphs.runOn(closest(element, 'p'));
    else element.text = '';
    this.told.set(element, attributeOf(element, 'author') ?? '');
    return 'drop';
  }

  private doom(element: XmlElement | undefined): void {
    if (element) element.doomed = true;
  }

  private tag(element: XmlElement): Verdict {
    const said = attributeOf(element, 'uri') ?? attributeOf(element, 'element');
    this.lose('property', said ?? element.local);
    return 'unwrap';
  }

  private setting(element: XmlElement, name: string): Verdict {
    if (rules.SETTINGS.has(name)) return 'keep';
    if (/:(rsids|docId)$/.test(name)) this.lose('identifier', element.local);
    if (name === 'w:docVars') return 'unwrap';
    return 'drop';
  }

  private simpleField(element: XmlElement): Verdict {
    const fate = this.fields.simple(element, attributeOf(element, 'instr') ?? '');
    return fate === 'keep' ? 'keep' : fate === 'plain' ? 'unwrap' : 'drop';
  }

  private note(element: XmlElement): Verdict {
    if (attributeOf(element, 'type') && attributeOf(element, 'type') !== 'normal') return 'keep';
    const id = `${element.local} ${attributeOf(element, 'id')}`;
    return this.context.notes.has(id) ? 'keep' : 'drop';
  }

  private extension(element: XmlElement): Verdict {
    const uri = attributeOf(element, 'uri') ?? '';
    if (uri === '' || rules.EXTENSIONS.has(uri) || uri === rules.DIAGRAM_EXTENSION) return 'keep';
    this.lose('identifier', uri);
    return 'drop';
  }
}
