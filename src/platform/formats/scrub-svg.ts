import type { Findings } from './findings.js';
import { filterXml, type XmlElement } from './xml-filter.js';

const SVG = 'http://www.w3.org/2000/svg';
const NAMESPACES = new Set([
  '',
  SVG,
  'http://www.w3.org/1999/xlink',
  'http://www.w3.org/XML/1998/namespace',
]);
/** A title and a description are shown by no office program, but tell what the file was called. */
const DROPPED = new Set(['metadata', 'title', 'desc', 'script', 'foreignObject', 'a']);
const DATA = /^data:image\/[\w.+-]+;base64,/;

/** A drawing without metadata, scripts, editors' own elements, and links to other files. */
export function scrubSvg(
  bytes: Buffer,
  where: string,
  found: Findings,
  picture: (bytes: Buffer) => Buffer,
): Buffer {
  const inline = (value: string): string | undefined => {
    const head = DATA.exec(value)?.[0];
    if (!head) return value.startsWith('#') ? value : undefined;
    const inside = picture(Buffer.from(value.slice(head.length), 'base64'));
    return head + inside.toString('base64');
  };
  const clean = (element: XmlElement): void => {
    element.attributes = element.attributes.filter((attribute) => {
      if (!NAMESPACES.has(attribute.uri) || /^(data-|on)/.test(attribute.local)) {
        found.add('image-metadata', where, attribute.value);
        return false;
      }
      if (attribute.local !== 'href') return true;
      const kept = inline(attribute.value);
      if (kept === undefined) found.add('property', where, attribute.value);
      attribute.value = kept ?? '';
      return kept !== undefined;
    });
  };
  return filterXml(bytes, where, {
    open(element) {
      if (element.uri === SVG && element.local === 'a') return 'unwrap';
      if (element.uri === SVG && !DROPPED.has(element.local)) {
        clean(element);
        return 'keep';
      }
      element.text = '';
      return 'drop';
    },
    closed({ verdict, uri, local, text }) {
      if (verdict !== 'drop') return;
      const what = uri === SVG && local === 'script' ? 'script' : 'image-metadata';
      found.add(what, where, text?.trim() || local);
    },
  });
}
