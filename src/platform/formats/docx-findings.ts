import type { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';
import { attributeOf, readXml, type XmlElement } from './xml-filter.js';

/** Parts that tell nothing of anybody. */
const SILENT =
  /(^|\/)(_rels\/[^/]*\.rels|\[content_types\]\.xml|websettings\.xml|styleswitheffects\.xml)$/i;
/** Counts and versions that say nothing of anybody. */
const COUNTED =
  /^(Pages|Words|Characters|CharactersWithSpaces|Lines|Paragraphs|DocSecurity|AppVersion|ScaleCrop|LinksUpToDate|SharedDoc|HyperlinksChanged)$/;
const PEOPLE = /^(creator|lastModifiedBy)$/;

/** Says of a part that is not copied what stood in it. */
export function tellPart(name: string, kind: string, bytes: Buffer, found: Findings): void {
  if (SILENT.test(name)) return;
  const path = name.toLowerCase();
  if (/(core|extended|custom)-properties$/.test(kind) || path.startsWith('docprops/')) {
    if (kind === 'thumbnail' || !path.endsWith('.xml')) found.add('thumbnail', name);
    else properties(name, bytes, found);
  } else if (kind.startsWith('comments') || /\/comments\w*\.xml$/.test(path))
    comments(name, bytes, found);
  else if (kind === 'people') people(name, bytes, found);
  else if (kind === 'thumbnail') found.add('thumbnail', name);
  else if (
    /^(customXml|customXmlProps|xmlDsig|signature)$/.test(kind) ||
    path.startsWith('customxml/')
  ) {
    properties(name, bytes, found);
  } else if (/vbaproject|activex|vbadata|\/attachedtoolbars/.test(path)) found.add('script', name);
  else if (kind === 'printerSettings' || /printersettings/.test(path)) found.add('property', name);
  else if (/signature/i.test(kind) || path.startsWith('_xmlsignatures/')) found.add('author', name);
  else if (kind === 'glossaryDocument' || path.startsWith('word/glossary/')) {
    found.add('property', name);
  } else found.add('embedded-file', name);
}

/** What is dropped anyway may be broken. */
function reading(name: string, bytes: Buffer, found: Findings, closed: (e: XmlElement) => void) {
  try {
    readXml(bytes, name, closed);
  } catch (error) {
    if (!(error instanceof FormatRefused)) throw error;
    found.add('property', name);
  }
}

function properties(name: string, bytes: Buffer, found: Findings): void {
  reading(name, bytes, found, (element) => {
    const text = element.text?.trim() ?? '';
    if (COUNTED.test(element.local)) return;
    if (element.local === 'property') {
      found.add('property', name, `${attributeOf(element, 'name')}: ${text}`);
    } else if (element.parent && element.parent.local !== 'property' && text !== '') {
      const isPerson = PEOPLE.test(element.local);
      found.add(
        isPerson ? 'author' : 'property',
        name,
        isPerson ? text : `${element.local}: ${text}`,
      );
    }
  });
}

function comments(name: string, bytes: Buffer, found: Findings): void {
  reading(name, bytes, found, (element) => {
    if (element.local === 'comment') {
      found.add('comment', name, `${attributeOf(element, 'author')}: ${element.text}`);
    } else if (/^comment(Ex|Id|Extensible)$/.test(element.local)) {
      found.add('comment', name);
    }
  });
}

function people(name: string, bytes: Buffer, found: Findings): void {
  reading(name, bytes, found, (element) => {
    if (element.local === 'person')
      found.add('author', name, attributeOf(element, 'author') ?? null);
    if (element.local === 'presenceInfo') {
      found.add('author', name, attributeOf(element, 'userId') ?? null);
    }
  });
}
