import { isLocalPath, isTelling, namesFile } from './docx-rules.js';
import type { Finding } from './finding.js';
import type { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';
import * as rules from './odt-rules.js';
import {
  attributeOf,
  type Verdict,
  type XmlAttribute,
  type XmlElement,
  type XmlFilter,
} from './xml-filter.js';

const LINK = /^(https?:|mailto:|#)/i;
const LAYOUT = new Set(['boolean', 'short', 'int', 'long']);

/** What the parts of one document know of each other. */
export interface OdtContext {
  readonly found: Findings;
  /** Names of styles that hide text. */
  readonly hiddenStyles: Set<string>;
  /** The name of a picture in the copy; undefined where there is none. */
  readonly picture: (href: string) => string | undefined;
}

/** Goes through one part and keeps what is read: see `odt-rules.ts`. */
export class OdtFilter implements XmlFilter {
  /** What is to be said of a dropped element when its text is known. */
  private readonly told = new WeakMap<XmlElement, [what: Finding['what'], head: string]>();

  constructor(
    private readonly where: string,
    private readonly context: OdtContext,
  ) {}

  open(element: XmlElement): Verdict {
    for (const [prefix, uri] of Object.entries(element.namespaces)) {
      if (rules.shortName(uri) === undefined) delete element.namespaces[prefix];
    }
    const short = rules.shortName(element.uri);
    const name = `${short}:${element.local}`;
    if (short === undefined || short === 'dc' || short === 'xhtml') {
      return this.drop(element, 'property', element.local);
    }
    if (rules.DROPPED.has(name)) return this.dropped(element, name);
    if (rules.PERSONAL.has(name)) {
      const isPlace = /file-name|template-name/.test(name);
      return this.drop(element, isPlace ? 'property' : 'author', element.local);
    }
    if (this.isHidden(element, name)) return this.drop(element, 'hidden-text', '');
    if (rules.UNWRAPPED.has(name)) return 'unwrap';
    if (name === 'config:config-item') return this.setting(element);
    if (name.startsWith('config:config-item-map')) return 'drop';
    if (name === 'config:config-item-set') {
      const isRoot = element.parent?.local === 'settings';
      const set = attributeOf(element, 'name') ?? '';
      if (isRoot && !set.endsWith('configuration-settings')) {
        return this.drop(element, 'property', set);
      }
    }
    if (/^text:(reference-mark|bookmark)/.test(name)) {
      const mark = attributeOf(element, 'name') ?? '';
      if (mark.length > rules.MAX_NAME) return this.drop(element, 'identifier', mark);
    }
    if (name === 'office:binary-data') throw this.inline();
    this.hides(element, name);
    return this.clean(element, name);
  }

  closed(element: XmlElement): void {
    const [what, head] = this.told.get(element) ?? [];
    if (what === undefined) return;
    const text = element.text?.trim() ?? '';
    this.context.found.add(what, this.where, [head, text].filter(Boolean).join(': '));
  }

  private drop(element: XmlElement, what: Finding['what'], head: string): Verdict {
    element.text = '';
    this.told.set(element, [what, head ?? '']);
    return 'drop';
  }

  private dropped(element: XmlElement, name: string): Verdict {
    const said = attributeOf(element, 'name') ?? '';
    if (name === 'text:tracked-changes') return this.drop(element, 'revision', '');
    if (name === 'office:annotation') return this.drop(element, 'comment', '');
    if (/scripts?$|event-listeners$|applet$|plugin$/.test(name)) {
      return this.drop(element, 'script', '');
    }
    if (name.startsWith('draw:object')) {
      return this.drop(element, 'embedded-file', attributeOf(element, 'href') ?? '');
    }
    if (name === 'text:hidden-text') {
      return this.drop(element, 'hidden-text', attributeOf(element, 'string-value') ?? '');
    }
    if (name.endsWith('-decls') && name !== 'text:sequence-decls')
      return this.declarations(element);
    if (/:(label|list-item)$/.test(name)) {
      const values = element.attributes.map(({ value }) => value);
      return this.drop(element, 'property', values.join(': '));
    }
    if (/^(form|office:dde|table:dde|office:meta|svg|draw)/.test(name)) {
      return this.drop(element, 'property', attributeOf(element, 'href') ?? said);
    }
    return 'drop';
  }

  /** What they declare is told one by one. */
  private declarations(element: XmlElement): Verdict {
    return element.local === 'variable-decls' ? 'drop' : 'unwrap';
  }

  private isHidden(element: XmlElement, name: string): boolean {
    if (name === 'text:user-field-decl' || name === 'text:dde-connection-decl') return false;
    if (name === 'text:hidden-paragraph') return false;
    if (name === 'text:section')
      return /^(none|condition)$/.test(attributeOf(element, 'display') ?? '');
    if (name === 'text:variable-set' && attributeOf(element, 'display') === 'none') return true;
    if (/^table:table-(row|column)$/.test(name)) {
      const isShown = !/^(collapse|filter)$/.test(attributeOf(element, 'visibility') ?? '');
      if (!isShown && element.local === 'table-column') throw this.hiddenColumn();
      return !isShown;
    }
    if (
      name.startsWith('draw:') &&
      /^(none|printer)$/.test(attributeOf(element, 'display') ?? '')
    ) {
      return true;
    }
    const style = attributeOf(element, 'style-name');
    return (
      /^text:(span|p|h|a)$/.test(name) &&
      style !== undefined &&
      this.context.hiddenStyles.has(style)
    );
  }

  private setting(element: XmlElement): Verdict {
    const name = attributeOf(element, 'name') ?? '';
    if (/rsid/i.test(name)) return this.drop(element, 'identifier', name);
    if (LAYOUT.has(attributeOf(element, 'type') ?? '')) return 'keep';
    return this.drop(element, 'property', name);
  }

  /** A style that hides its text, or is based on one that does. */
  private hides(element: XmlElement, name: string): void {
    const { hiddenStyles } = this.context;
    if (
      name === 'style:style' &&
      hiddenStyles.has(attributeOf(element, 'parent-style-name') ?? '')
    ) {
      hiddenStyles.add(attributeOf(element, 'name') ?? '');
    }
    const style = element.parent;
    if (name !== 'style:text-properties' || style?.local !== 'style') return;
    if (attributeOf(element, 'display') === 'none') {
      hiddenStyles.add(attributeOf(style, 'name') ?? '');
    }
  }

  private clean(element: XmlElement, name: string): Verdict {
    const { found } = this.context;
    let verdict: Verdict = 'keep';
    if (name === 'text:user-field-decl' || name === 'text:dde-connection-decl') {
      const value = element.attributes.find(({ local }) => local.endsWith('value'))?.value;
      found.add('property', this.where, `${attributeOf(element, 'name')}: ${value}`);
      return 'drop';
    }
    if (name === 'text:hidden-paragraph') {
      if (attributeOf(element, 'is-hidden') === 'true' && element.parent) {
        element.parent.doomed = true;
        element.parent.text ??= '';
      }
      return 'unwrap';
    }
    element.attributes = element.attributes.filter((attribute) => {
      const short = rules.shortName(attribute.uri);
      if (short === undefined || /^(grddl|xhtml|dc)$/.test(short)) {
        found.add('property', this.where, attribute.value);
        return false;
      }
      if (rules.IDENTIFIERS.test(attribute.local)) {
        found.add('identifier', this.where, attribute.local);
        return false;
      }
      if (short === 'xlink' && attribute.local === 'href') {
        if (!this.link(name, attribute)) verdict = element.local === 'a' ? 'unwrap' : 'drop';
        return true;
      }
      return this.cleanValue(name, `${short}:${attribute.local}`, attribute.value);
    });
    return verdict;
  }

  /** @returns whether what it leads to is in the copy, or is an address on the web */
  private link(name: string, attribute: XmlAttribute): boolean {
    const { value } = attribute;
    if (
      /^(draw:(image|fill-image)|style:background-image|text:list-level-style-image)$/.test(name)
    ) {
      const picture = value === '' ? undefined : this.context.picture(value);
      if (picture === undefined && value !== '') {
        this.context.found.add('property', this.where, value);
      }
      attribute.value = picture ?? '';
      return picture !== undefined;
    }
    if (LINK.test(value)) return true;
    this.context.found.add('property', this.where, value);
    return false;
  }

  private cleanValue(element: string, name: string, value: string): boolean {
    const [, local = ''] = name.split(':');
    const isTold =
      (element === 'loext:content-control' && rules.CONTROL.test(local)) ||
      (element === 'text:bibliography-mark' && !rules.CITATION.test(local)) ||
      (name === 'draw:name' && isTelling(value)) ||
      (/^(office:title|xlink:title|text:name)$/.test(name) && namesFile(value)) ||
      isLocalPath(value);
    if (isTold) this.context.found.add('property', this.where, value);
    return !isTold;
  }

  close(element: XmlElement): void {
    if (element.doomed) this.context.found.add('hidden-text', this.where, element.text ?? null);
  }

  text(text: string, parent: XmlElement | undefined): string {
    if (!parent || !/^(title|desc)$/.test(parent.local) || !namesFile(text)) return text;
    this.context.found.add('property', this.where, text);
    return '';
  }

  private hiddenColumn(): FormatRefused {
    return new FormatRefused('unscrubbable', {
      part: this.where,
      mend: 'show the hidden column of a table or delete it',
    });
  }

  private inline(): FormatRefused {
    return new FormatRefused('unscrubbable', {
      part: this.where,
      mend: 'save it as .odt anew: a file is embedded in the text itself',
    });
  }
}
