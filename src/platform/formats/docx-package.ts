import { posix } from 'node:path';
import { attributeOf, quoted, readXml, XML_HEAD } from './xml-filter.js';

/** One relationship of a part: to another part, or to an address outside. */
export interface Relation {
  readonly id: string;
  /** As it is written, a namespace with the kind at its end. */
  readonly type: string;
  readonly kind: string;
  /** The name of a part, or the address where it is external. */
  readonly target: string;
  readonly external: boolean;
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const DRAWING = 'application/vnd.openxmlformats-officedocument.drawingml';
const MS_OFFICE = 'application/vnd.ms-office';

interface PartKind {
  /** What its parts are called; with a number where there are several. */
  readonly name: string;
  readonly contentType: string;
  /** Found by its kind; the others only where an element names their relationship. */
  readonly always?: boolean;
}

const kind = (name: string, contentType: string, always = false): PartKind => ({
  name,
  contentType,
  always,
});

/** The parts of which a copy is made. What is not here is left out. */
export const PART_KINDS: Readonly<Record<string, PartKind>> = {
  officeDocument: kind('document', `${WORD}.document.main+xml`),
  header: kind('header', `${WORD}.header+xml`),
  footer: kind('footer', `${WORD}.footer+xml`),
  chart: kind('chart', `${DRAWING}.chart+xml`),
  chartEx: kind('chartEx', `${MS_OFFICE}.chartex+xml`),
  chartUserShapes: kind('chartShapes', `${DRAWING}.chartshapes+xml`),
  chartStyle: kind('chartStyle', `${MS_OFFICE}.chartstyle+xml`, true),
  chartColorStyle: kind('chartColors', `${MS_OFFICE}.chartcolorstyle+xml`, true),
  diagramData: kind('diagramData', `${DRAWING}.diagramData+xml`),
  diagramLayout: kind('diagramLayout', `${DRAWING}.diagramLayout+xml`),
  diagramQuickStyle: kind('diagramStyle', `${DRAWING}.diagramStyle+xml`),
  diagramColors: kind('diagramColors', `${DRAWING}.diagramColors+xml`),
  diagramDrawing: kind('diagramDrawing', `${MS_OFFICE}.drawingml.diagramDrawing+xml`),
  styles: kind('styles', `${WORD}.styles+xml`, true),
  numbering: kind('numbering', `${WORD}.numbering+xml`, true),
  settings: kind('settings', `${WORD}.settings+xml`, true),
  fontTable: kind('fontTable', `${WORD}.fontTable+xml`, true),
  theme: kind('theme', 'application/vnd.openxmlformats-officedocument.theme+xml', true),
  footnotes: kind('footnotes', `${WORD}.footnotes+xml`, true),
  endnotes: kind('endnotes', `${WORD}.endnotes+xml`, true),
};

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';

const RELS = /^(?:(.*)\/)?_rels\/([^/]*)\.rels$/;

/** The parts of a package by their names, which don't tell cases apart. */
export class Package {
  private readonly names = new Map<string, string>();

  constructor(readonly parts: ReadonlyMap<string, Buffer>) {
    for (const name of parts.keys()) this.names.set(name.toLowerCase(), name);
  }

  /** The name under which a part really stands. */
  nameOf(name: string): string | undefined {
    return this.names.get(name.toLowerCase());
  }

  /** The relationships of a part; of the package itself where none is named. */
  relationsOf(part: string): Relation[] {
    const { dir, base } = posix.parse(part);
    const rels = this.nameOf(posix.join(dir, '_rels', `${base}.rels`));
    return rels === undefined ? [] : this.read(rels, dir);
  }

  /** The kind by which each part is referred to, from wherever. */
  kinds(): Map<string, string> {
    const kinds = new Map<string, string>();
    for (const name of this.parts.keys()) {
      const [, dir = ''] = RELS.exec(name) ?? [];
      if (!RELS.test(name)) continue;
      for (const { target, external, kind: as } of this.read(name, dir)) {
        const part = external ? undefined : this.nameOf(target);
        if (part !== undefined) kinds.set(part, as);
      }
    }
    return kinds;
  }

  private read(rels: string, dir: string): Relation[] {
    const found: Relation[] = [];
    readXml(this.parts.get(rels)!, rels, (element) => {
      if (element.local !== 'Relationship') return;
      const of = (name: string) => attributeOf(element, name) ?? '';
      const type = of('Type');
      const external = of('TargetMode') === 'External';
      const target = external ? of('Target') : resolved(dir, of('Target'));
      found.push({ id: of('Id'), type, kind: type.split('/').at(-1)!, target, external });
    });
    return found;
  }
}

function resolved(dir: string, target: string): string {
  let plain = target;
  try {
    plain = decodeURI(target);
  } catch {
    // As it is, then: it names no part.
  }
  return posix.join('/', plain.startsWith('/') ? '' : dir, plain).slice(1);
}

export interface WrittenRelation {
  readonly id: string;
  readonly type: string;
  /** Relative to the part, or an address outside. */
  readonly target: string;
  readonly external: boolean;
}

export function writeRelations(relations: Iterable<WrittenRelation>): Buffer {
  const lines = Array.from(
    relations,
    ({ id, type, target, external }) =>
      `<Relationship Id=${quoted(id)} Type=${quoted(type)} Target=${quoted(target)}` +
      `${external ? ' TargetMode="External"' : ''}/>`,
  );
  const body = `<Relationships xmlns="${RELATIONSHIPS}">${lines.join('')}</Relationships>`;
  return Buffer.from(XML_HEAD + body);
}

/** @param extensions media types of pictures by their ending; @param parts types by part */
export function writeContentTypes(
  extensions: ReadonlyMap<string, string>,
  parts: ReadonlyMap<string, string>,
): Buffer {
  const all = new Map([
    ['rels', 'application/vnd.openxmlformats-package.relationships+xml'],
    ['xml', 'application/xml'],
    ...extensions,
  ]);
  const defaults = Array.from(
    all,
    ([extension, type]) => `<Default Extension="${extension}" ContentType="${type}"/>`,
  );
  const overrides = Array.from(
    parts,
    ([name, type]) => `<Override PartName="/${name}" ContentType="${type}"/>`,
  );
  const body = `<Types xmlns="${TYPES}">${defaults.join('')}${overrides.join('')}</Types>`;
  return Buffer.from(XML_HEAD + body);
}
