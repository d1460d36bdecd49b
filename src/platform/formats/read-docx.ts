import { posix } from 'node:path';
import { FormatRefused } from './format-refused.js';
import { LineWriter } from './line-writer.js';
import type { LeftOutPart, Line } from './marked-lines.js';
import { DocxPart, type ParagraphStyle } from './read-docx-part.js';
import { readXml } from './read-xml.js';

interface Relation {
  readonly type: string;
  readonly target: string;
}

type Entries = ReadonlyMap<string, Buffer>;

/** What stands in a part of its own, in the order in which it is taken down. */
const APART: readonly (readonly [type: string, part: LeftOutPart])[] = [
  ['footer', 'furniture'],
  ['footnotes', 'footnotes'],
  ['endnotes', 'endnotes'],
];

/**
 * The paragraphs of a Word document: headers, the body with its tables and text boxes, footers,
 * notes. Revisions are read as accepted; comments, field codes and hidden text are no words.
 *
 * @throws FormatRefused damaged-file, text-too-long, document-too-complex, or active-content
 *   where the text comes from a file within the file
 */
export function readDocx(entries: Entries): Line[] {
  const main = relationsOf(entries, '').find(({ type }) => type === 'officeDocument')?.target;
  if (main === undefined || !entries.has(main)) {
    throw new FormatRefused('damaged-file', { part: main ?? '_rels/.rels', reason: 'missing' });
  }
  const relations = relationsOf(entries, main);
  if (relations.some(({ type }) => type === 'aFChunk')) {
    throw new FormatRefused('active-content', { part: 'aFChunk' });
  }
  const styles = stylesOf(entries, relations);
  const writer = new LineWriter();
  const read = (name: string, part?: LeftOutPart) => {
    const bytes = entries.get(name);
    if (!bytes) throw new FormatRefused('damaged-file', { part: name, reason: 'missing' });
    readXml(bytes, name, new DocxPart(writer, styles, part));
  };
  const readAll = (wanted: string, part: LeftOutPart) => {
    for (const { type, target } of relations) if (type === wanted) read(target, part);
  };
  readAll('header', 'furniture');
  read(main);
  // Beyond the last page, so that no rule takes them for the foot of it.
  writer.turnPage();
  for (const [type, part] of APART) readAll(type, part);
  return writer.lines;
}

/** What a part refers to, by the last step of the relation's type; outside targets left out. */
function relationsOf(entries: Entries, source: string): Relation[] {
  const folder = posix.dirname(source);
  const name = posix.join(folder, '_rels', `${posix.basename(source)}.rels`);
  const bytes = entries.get(name);
  const relations: Relation[] = [];
  if (!bytes) return relations;
  readXml(bytes, name, {
    open(element, attribute) {
      if (element !== 'rel:Relationship' || attribute('TargetMode') === 'External') return;
      const target = attribute('Target') ?? '';
      relations.push({
        type: (attribute('Type') ?? '').replace(/^.*\//, ''),
        target: posix.join('/', target.startsWith('/') ? '' : folder, target).slice(1),
      });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return relations;
}

const HEADING = /^heading \d$/i;
const CONTENTS = /^(?:toc (?:\d|heading)|contents heading|table of figures)$/i;
const NOTES: Readonly<Record<string, LeftOutPart>> = {
  'footnote text': 'footnotes',
  'endnote text': 'endnotes',
};

function stylesOf(entries: Entries, relations: readonly Relation[]): Map<string, ParagraphStyle> {
  const name = relations.find(({ type }) => type === 'styles')?.target;
  const bytes = name === undefined ? undefined : entries.get(name);
  const styles = new Map<string, ParagraphStyle>();
  if (name === undefined || !bytes) return styles;
  let id = '';
  const add = (more: ParagraphStyle) => styles.set(id, { ...styles.get(id), ...more });
  readXml(bytes, name, {
    open(element, attribute) {
      const value = attribute('w:val') ?? '';
      if (element === 'w:style') id = attribute('w:styleId') ?? '';
      else if (element === 'w:outlineLvl') add({ heading: Number(value) < 9 });
      else if (element === 'w:name' && HEADING.test(value)) add({ heading: true });
      else if (element === 'w:name' && CONTENTS.test(value)) add({ part: 'contents' });
      else if (element === 'w:name' && NOTES[value]) add({ part: NOTES[value] });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return styles;
}
