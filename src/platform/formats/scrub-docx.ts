import { posix } from 'node:path';
import { DocxFilter, type DocxContext } from './docx-filter.js';
import { tellPart } from './docx-findings.js';
import {
  Package,
  PART_KINDS,
  writeContentTypes,
  writeRelations,
  type Relation,
  type WrittenRelation,
} from './docx-package.js';
import type { Finding } from './finding.js';
import { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';
import { scrubImage } from './scrub-image.js';
import { attributeOf, filterXml, readXml } from './xml-filter.js';
import { readZip, writeZip } from './zip.js';

/**
 * A copy of a Word document that holds what is read and nothing else. It is built from the
 * main part outwards: a part is copied, under a name of ours, when something that stays in the
 * copy refers to it; so nothing is left behind for being unknown.
 */
export async function scrubDocx(bytes: Buffer): Promise<{ bytes: Buffer; found: Finding[] }> {
  const copy = new DocxCopy(new Package(await readZip(bytes)));
  return { bytes: await writeZip(copy.make()), found: copy.context.found.list() };
}

class DocxCopy {
  readonly context: DocxContext & { hiddenStyles: Set<string> } = {
    found: new Findings(),
    hiddenStyles: new Set(),
    notes: new Set(),
    fonts: new Set(),
  };
  private readonly written = new Map<string, Buffer>();
  private readonly types = new Map<string, string>();
  private readonly extensions = new Map<string, string>();
  /** New names by old ones. */
  private readonly names = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  constructor(private readonly source: Package) {}

  make(): Map<string, Buffer> {
    const main = this.source.relationsOf('').find(({ kind }) => kind === 'officeDocument');
    const part = main && this.source.nameOf(main.target);
    if (!part) throw new FormatRefused('damaged-file', { reason: 'no document' });
    const styles = this.source.relationsOf(part).find(({ kind }) => kind === 'styles');
    this.readStyles(styles && this.source.nameOf(styles.target));
    const target = this.place(part, main.kind);
    const kinds = this.source.kinds();
    for (const [name, bytes] of this.source.parts) {
      if (this.names.has(name)) continue;
      tellPart(name, kinds.get(name) ?? '', bytes, this.context.found);
    }
    const root = { id: 'rId1', type: main.type, target: target!, external: false };
    return new Map([
      ['[Content_Types].xml', writeContentTypes(this.extensions, this.types)],
      ['_rels/.rels', writeRelations([root])],
      ...this.written,
    ]);
  }

  /** Styles hide text too, and hand that on to those that are based on them. */
  private readStyles(part: string | undefined): void {
    if (!part) return;
    const basedOn = new Map<string, string>();
    const { hiddenStyles } = this.context;
    readXml(this.source.parts.get(part)!, part, (element) => {
      const style = element.parent?.local === 'style' ? element.parent : element.parent?.parent;
      if (style?.local !== 'style') return;
      const [id, value] = [attributeOf(style, 'styleId') ?? '', attributeOf(element, 'val')];
      if (element.local === 'basedOn' && value !== undefined) basedOn.set(id, value);
      const isOn = !/^(0|false|off)$/.test(value ?? '');
      if (element.local === 'vanish' && element.parent?.local === 'rPr' && isOn) {
        hiddenStyles.add(id);
      }
    });
    for (const [id, base] of basedOn) {
      for (let above: string | undefined = base, far = 0; above && far < 50; far += 1) {
        if (hiddenStyles.has(above)) hiddenStyles.add(id);
        above = basedOn.get(above);
      }
    }
  }

  /** Copies a part with what it refers to; the name that it gets. */
  private place(part: string, kind: string, owner?: Relations): string | undefined {
    const known = this.names.get(part);
    if (known) return known;
    const bytes = this.source.parts.get(part)!;
    if (kind === 'image') return this.placeImage(part, bytes);
    const { name, contentType } = PART_KINDS[kind]!;
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    const target = `word/${name}${count > 1 ? count : ''}.xml`;
    this.names.set(part, target);
    // Its place in the archive is before that of what it refers to.
    this.written.set(target, Buffer.of());
    this.types.set(target, contentType);
    const relations = new Relations(this.source.relationsOf(part), this.context.found, part, (to) =>
      this.follow(to, relations),
    );
    const relate = (id: string) => {
      // The drawing of a diagram is a part of the document; the data of the diagram name it.
      const isOwned = kind === 'diagramData' && owner?.drawing(id);
      return (isOwned ? owner : relations)!.use(id);
    };
    const filter = new DocxFilter(part, kind, this.context, relate);
    this.written.set(target, filterXml(bytes, part, filter));
    relations.followAll();
    if (relations.written.length > 0) {
      this.written.set(
        `word/_rels/${posix.basename(target)}.rels`,
        writeRelations(relations.written),
      );
    }
    return target;
  }

  private placeImage(part: string, bytes: Buffer): string {
    const scrubbed = scrubImage(bytes, part, this.context.found);
    const { extension, mediaType } = scrubbed.kind;
    const count = (this.counts.get('image') ?? 0) + 1;
    this.counts.set('image', count);
    const target = `word/media/image${count}.${extension}`;
    this.names.set(part, target);
    this.extensions.set(extension, mediaType);
    this.written.set(target, scrubbed.bytes);
    return target;
  }

  /** The address of a part in the copy, seen from beside it. */
  private follow({ kind, target }: Relation, from: Relations): string | undefined {
    const part = this.source.nameOf(target);
    if (part === undefined || (kind !== 'image' && !PART_KINDS[kind])) return undefined;
    return this.place(part, kind, from)?.slice('word/'.length);
  }
}

/** The relationships of one part, as those that are used get into the copy. */
class Relations {
  readonly written: WrittenRelation[] = [];
  private readonly ids = new Map<string, string | undefined>();

  constructor(
    private readonly all: readonly Relation[],
    private readonly found: Findings,
    private readonly part: string,
    private readonly follow: (relation: Relation) => string | undefined,
  ) {}

  /** The id in the copy; undefined where it leads to what is not copied. */
  use(id: string): string | undefined {
    if (this.ids.has(id)) return this.ids.get(id);
    const relation = this.all.find((each) => each.id === id);
    const target = relation && this.targetOf(relation);
    if (!relation || target === undefined) {
      this.ids.set(id, undefined);
      return undefined;
    }
    const written = `rId${this.written.length + 1}`;
    const { type, external } = relation;
    this.ids.set(id, written);
    this.written.push({ id: written, type, target, external });
    return written;
  }

  drawing(id: string): boolean {
    return this.all.some((each) => each.id === id && each.kind === 'diagramDrawing');
  }

  /** What belongs to the part without being named in it; and what is lost is told. */
  followAll(): void {
    // Fonts last: by then it is known which of them anything is set in.
    for (const { id, kind, external } of this.all.toSorted(
      (a, b) => Number(a.kind === 'fontTable') - Number(b.kind === 'fontTable'),
    )) {
      if (!external && PART_KINDS[kind]?.always) this.use(id);
    }
    for (const { external, kind, target } of this.all) {
      if (external && !isLink(kind, target)) this.found.add('property', this.part, target);
    }
  }

  private targetOf(relation: Relation): string | undefined {
    const { kind, target, external, type } = relation;
    if (!KNOWN_TYPE.test(type)) return undefined;
    if (external) return isLink(kind, target) ? target : undefined;
    return this.follow(relation);
  }
}

const KNOWN_TYPE =
  /^http:\/\/(schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.oclc\.org)\/[\w/.]*$/;
const isLink = (kind: string, target: string): boolean =>
  kind === 'hyperlink' && /^(https?|mailto):/i.test(target.trim());
