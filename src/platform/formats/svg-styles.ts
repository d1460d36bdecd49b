import { ATTRIBUTES } from './svg-rules.js';
import { attributeOf, readXml, type XmlElement } from './xml-filter.js';

const RULE = /([^{}]*)\{([^{}]*)\}/g;
/** Rules for some other medium, imports, fonts: a picture of a document has no use for them. */
const AT_RULES = /@[\w-]+[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})/g;
const NAME = /([#.])([^\s#.,:>+~[\]*()]+)/g;
const NOTHING_SHOWN = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))/;
const OUTSIDE = /url\(\s*(?!["']?#)(?:"[^"]*"|'[^']*'|[^)]*)\s*\)/gi;
const INSIDE = /url\(\s*["']?#([^"')]*)["']?\s*\)/gi;

/** The rules of a style sheet: whom each concerns, and what it declares. */
function rulesOf(css: string): [selectors: string, body: string][] {
  const plain = css.replaceAll(/\/\*[^]*?(?:\*\/|$)/g, '').replaceAll(AT_RULES, '');
  // A letter that is escaped could be any; a selector may ask for any attribute.
  if (plain.includes('\\')) return [];
  return Array.from(plain.matchAll(RULE), ([, selectors = '', body = '']): [string, string] => [
    selectors.trim(),
    body,
  ]).filter(([selectors]) => !/["'[]/.test(selectors));
}

const classesOf = (element: XmlElement): string[] =>
  (attributeOf(element, 'class') ?? '').split(/\s+/).filter(Boolean);

/**
 * The styles of a drawing. Its elements and classes get names of ours, in the order in which they
 * stand in the copy: drawing programs call them as layers and files are called.
 */
export class SvgStyles {
  private readonly names = new Map<string, string>();
  private readonly hidden = new Set<string>();

  constructor(bytes: Buffer, where: string) {
    readXml(bytes, where, ({ local, text = '' }) => {
      if (local !== 'style') return;
      for (const [selectors, body] of rulesOf(text)) {
        if (!NOTHING_SHOWN.test(body)) continue;
        for (const selector of selectors.split(',')) this.hidden.add(selector.trim());
      }
    });
  }

  /** Whether nothing of the element is shown. */
  hides(element: XmlElement): boolean {
    const of = (name: string) => attributeOf(element, name);
    return (
      of('display') === 'none' ||
      /^(hidden|collapse)$/.test(of('visibility') ?? '') ||
      /^(?=.)0*(\.0*)?%?$/.test(of('opacity') ?? '1') ||
      NOTHING_SHOWN.test(of('style') ?? '') ||
      this.hidden.has(`#${of('id')}`) ||
      classesOf(element).some((name) => this.hidden.has(`.${name}`))
    );
  }

  /** @param sign `#` for an element, `.` for a class */
  name(sign: string, name: string): string {
    const known = this.names.get(sign + name) ?? `n${this.names.size + 1}`;
    this.names.set(sign + name, known);
    return known;
  }

  classes(element: XmlElement): string {
    return classesOf(element)
      .map((name) => this.name('.', name))
      .join(' ');
  }

  /** A value that refers to nothing outside. */
  value(text: string): string {
    return text
      .replaceAll(OUTSIDE, 'none')
      .replaceAll(INSIDE, (_, id: string) => `url(#${this.name('#', id)})`);
  }

  declarations(css: string): string {
    const plain = css.replaceAll(/\/\*[^]*?(?:\*\/|$)/g, '');
    return this.value(plain.includes('\\') ? '' : plain)
      .split(';')
      .filter((each) => ATTRIBUTES.has(each.split(':')[0]!.trim()))
      .join(';');
  }

  sheet(css: string): string {
    const rename = (_: string, sign: string, name: string) => sign + this.name(sign, name);
    return rulesOf(css)
      .map(
        ([selectors, body]) => `${selectors.replaceAll(NAME, rename)}{${this.declarations(body)}}`,
      )
      .join('');
  }
}
