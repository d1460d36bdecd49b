import type { Findings } from './findings.js';
import { unscrubbablePicture } from './format-refused.js';
import { ATTRIBUTES, ELEMENTS, WITH_TEXT } from './svg-rules.js';
import { SvgStyles } from './svg-styles.js';
import { filterXml, type Verdict, type XmlAttribute, type XmlElement } from './xml-filter.js';

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';
const XML = 'http://www.w3.org/XML/1998/namespace';
const DATA = /^data:image\/[\w.+-]+;base64,/;

/** A drawing without metadata, scripts, editors' own elements, and links to other files. */
export function scrubSvg(
  bytes: Buffer,
  where: string,
  found: Findings,
  picture: (bytes: Buffer) => Buffer,
): Buffer {
  const styles = new SvgStyles(bytes, where);
  const told = new WeakMap<XmlElement, 'script' | 'hidden-text' | 'image-metadata'>();
  const drop = (element: XmlElement, what: 'script' | 'hidden-text' | 'image-metadata') => {
    element.text = '';
    told.set(element, what);
    return 'drop' as const;
  };
  const link = (attribute: XmlAttribute): boolean => {
    const { value } = attribute;
    const head = DATA.exec(value)?.[0];
    if (head) {
      const inside = picture(Buffer.from(value.slice(head.length), 'base64'));
      attribute.value = head + inside.toString('base64');
    } else if (value.startsWith('#')) attribute.value = `#${styles.name('#', value.slice(1))}`;
    else found.add('property', where, value);
    return head !== undefined || value.startsWith('#');
  };
  const clean = (element: XmlElement, attribute: XmlAttribute): boolean => {
    const { uri, local, value } = attribute;
    if (local === 'href' && (uri === '' || uri === XLINK)) return link(attribute);
    const isOurs = uri === '' || (uri === XML && /^(space|lang)$/.test(local));
    if (!isOurs || !ATTRIBUTES.has(local)) {
      found.add('image-metadata', where, value);
      return false;
    }
    if (local === 'id') attribute.value = styles.name('#', value);
    else if (local === 'class') attribute.value = styles.classes(element);
    else if (local === 'style') attribute.value = styles.declarations(value);
    else attribute.value = styles.value(value);
    return true;
  };
  return filterXml(bytes, where, {
    open(element): Verdict {
      const { uri, local, parent, namespaces } = element;
      for (const [prefix, name] of Object.entries(namespaces)) {
        if (name !== SVG && name !== XLINK) delete namespaces[prefix];
      }
      if (!parent && (uri !== SVG || local !== 'svg')) throw unscrubbablePicture(where);
      if (uri === SVG && local === 'a') return 'unwrap';
      if (uri !== SVG || !ELEMENTS.has(local)) {
        return drop(element, local === 'script' ? 'script' : 'image-metadata');
      }
      if (parent && styles.hides(element)) return drop(element, 'hidden-text');
      element.attributes = element.attributes.filter((attribute) => clean(element, attribute));
      return 'keep';
    },
    closed(element) {
      const what = told.get(element);
      if (what) found.add(what, where, element.text?.trim() || element.local);
    },
    text(text, parent) {
      let holder = parent;
      while (holder?.local === 'a') holder = holder.parent;
      if (holder?.local === 'style') return styles.sheet(text);
      if (text.trim() === '' || (holder && WITH_TEXT.has(holder.local))) return text;
      found.add('image-metadata', where, text);
      return '';
    },
  });
}
