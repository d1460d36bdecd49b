import * as rules from './docx-rules.js';
import type { Findings } from './findings.js';
import { attributeOf, type XmlAttribute, type XmlElement } from './xml-filter.js';

const NAMED = /^(docPr|cNvPr)$/;
const THEMES = /^(theme|clrScheme|fontScheme|fmtScheme)$/;
const LINK = /^(https?:|mailto:|#)/i;

/** Whether somebody gave a shape this name: programs number them. */
const isNamed = (id: string): boolean =>
  !id.startsWith('_x0000_') && rules.isTelling(id.replaceAll('_x0020_', ' '));
/** Elements that name a font. */
const SET_IN = /^(rFonts|latin|ea|cs|sym|font)$/;

/** The attributes of an element in the copy, without those that tell of people and files. */
export class DocxAttributes {
  /** @param relate the id of a relationship in the copy, by that in the original */
  constructor(
    private readonly where: string,
    private readonly context: { readonly found: Findings; readonly fonts: Set<string> },
    private readonly relate: (id: string) => string | undefined,
  ) {}

  /** @returns whether the element can stay without the relationships that it has lost */
  clean(element: XmlElement): boolean {
    let stays = true;
    element.attributes = element.attributes.filter((attribute) => {
      const { local, uri, value } = attribute;
      const short = rules.shortName(uri);
      if (short === undefined) return this.lose('property', value);
      if (SET_IN.test(element.local)) this.context.fonts.add(value);
      if (rules.IDENTIFIERS.test(local)) return this.lose('identifier', local);
      if (short !== '' && rules.PERSONAL.test(local)) return this.lose('author', value);
      if (short === 'r' || (/^relid$/i.test(local) && short !== 'w')) {
        const id = this.relate(value);
        attribute.value = id ?? '';
        stays &&= id !== undefined || /^(blip|imagedata)$/.test(element.local);
        return id !== undefined;
      }
      return this.cleanValue(element, attribute);
    });
    return stays || (element.local === 'hyperlink' && attributeOf(element, 'anchor') !== undefined);
  }

  /** Says of an element that goes, with whatever it has, what it told. */
  tellDropped(element: XmlElement, name: string): void {
    const value = attributeOf(element, 'val') ?? null;
    if (name === 'w:listItem') {
      const said = element.attributes.map((each) => each.value).join(': ');
      this.context.found.add('property', this.where, said);
    } else if (/^w:(tag|alias|helpText|statusText)$/.test(name))
      this.context.found.add('property', this.where, value);
    else if (/(embed|OLE|Embed|object)/.test(name)) {
      this.context.found.add('embedded-file', this.where, attributeOf(element, 'ProgID') ?? null);
    } else if (/w:(rsid|nsid|tmpl)$|dataBinding$/.test(name)) {
      this.lose('identifier', element.local);
    } else if (name === 'w:permStart') {
      this.context.found.add('author', this.where, attributeOf(element, 'ed') ?? null);
    } else if (name === 'o:signatureline') {
      // It names who should sign, and how to reach them.
      for (const { local, value: said } of element.attributes) {
        if (rules.PERSONAL.test(local)) this.lose('author', said);
      }
    } else if (/^w:(control|entryMacro|exitMacro)$/.test(name)) {
      this.context.found.add('script', this.where, value);
    }
  }

  private cleanValue(element: XmlElement, attribute: XmlAttribute): boolean {
    const { local, value } = attribute;
    const isVml = element.uri.startsWith('urn:');
    if (local === 'name' && NAMED.test(element.local)) {
      if (rules.isTelling(value)) this.lose('property', value);
      attribute.value = 'Picture';
      return true;
    }
    if (local === 'lastValue') return this.lose('property', value);
    if (local === 'id' && isVml && element.local !== 'shapetype' && isNamed(value)) {
      return this.lose('property', value);
    }
    if (local === 'name' && THEMES.test(element.local)) {
      // What an organization's template is called.
      if (!value.startsWith('Office')) this.lose('property', value);
      attribute.value = 'Office';
      return true;
    }
    if (isVml && /^(href|althref|src|title)$/.test(local)) {
      return LINK.test(value) || this.lose('property', value);
    }
    if (/^(descr|title|alt)$/.test(local) && rules.namesFile(value)) {
      return this.lose('property', value);
    }
    return !rules.isLocalPath(value) || this.lose('property', value);
  }

  private lose(what: 'property' | 'identifier' | 'author', value: string): false {
    this.context.found.add(what, this.where, value);
    return false;
  }
}
