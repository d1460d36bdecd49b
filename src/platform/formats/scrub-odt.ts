import { posix } from 'node:path';
import type { Finding } from './finding.js';
import { Findings } from './findings.js';
import { FORMATS } from './format.js';
import { FormatRefused } from './format-refused.js';
import { OdtFilter, type OdtContext } from './odt-filter.js';
import { scrubImage } from './scrub-image.js';
import { filterXml, quoted, readXml, XML_HEAD } from './xml-filter.js';
import { readZip, writeZip } from './zip.js';

/** Styles first, for they say which text is hidden. */
const PARTS = ['styles.xml', 'content.xml', 'settings.xml'];
const WRITTEN_ANEW = new Set(['mimetype', 'META-INF/manifest.xml', ...PARTS]);
const MANIFEST = 'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0';

/**
 * A copy of an OpenDocument text that holds what is read and nothing else: its text, its
 * styles, how it is laid out, and the pictures that these refer to, under names of ours.
 */
export async function scrubOdt(bytes: Buffer): Promise<{ bytes: Buffer; found: Finding[] }> {
  const source = await readZip(bytes);
  const found = new Findings();
  const pictures = new Pictures(source, found);
  const hiddenStyles = new Set<string>();
  const picture = (href: string) => pictures.place(href);
  const context: OdtContext = { found, hiddenStyles, picture };
  if (!source.has('content.xml')) throw new FormatRefused('damaged-file', { part: 'content.xml' });
  const parts = new Map<string, Buffer>();
  for (const name of PARTS) {
    const content = source.get(name);
    if (content) parts.set(name, filterXml(content, name, new OdtFilter(name, context)));
  }
  for (const [name, content] of source) {
    if (!WRITTEN_ANEW.has(name) && !pictures.known(name)) tellEntry(name, content, found);
  }
  const types = new Map([...PARTS.filter((name) => parts.has(name)).map(asXml), ...pictures.types]);
  const copy = await writeZip([
    ['mimetype', Buffer.from(FORMATS.odt)],
    ...[...parts].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ...pictures.written,
    ['META-INF/manifest.xml', manifest(types)],
  ]);
  return { bytes: copy, found: found.list() };
}

const asXml = (name: string): [string, string] => [name, 'text/xml'];

class Pictures {
  readonly written = new Map<string, Buffer>();
  readonly types = new Map<string, string>();
  private readonly names = new Map<string, string>();

  constructor(
    private readonly source: ReadonlyMap<string, Buffer>,
    private readonly found: Findings,
  ) {}

  known(name: string): boolean {
    return this.names.has(name);
  }

  place(href: string): string | undefined {
    if (/^[a-z]+:/i.test(href)) return undefined;
    const name = posix.normalize(decoded(href));
    const known = this.names.get(name);
    const bytes = this.source.get(name);
    if (known !== undefined || !bytes) return known;
    const { bytes: scrubbed, kind } = scrubImage(bytes, name, this.found);
    const target = `Pictures/image${this.names.size + 1}.${kind.extension}`;
    this.names.set(name, target);
    this.written.set(target, scrubbed);
    this.types.set(target, kind.mediaType);
    return target;
  }
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

function manifest(types: ReadonlyMap<string, string>): Buffer {
  const entry = (path: string, type: string, more = '') =>
    `<manifest:file-entry manifest:full-path=${quoted(path)}${more} manifest:media-type=${quoted(type)}/>`;
  const entries = Array.from(types, ([path, type]) => entry(path, type));
  const root = entry('/', FORMATS.odt, ' manifest:version="1.3"');
  return Buffer.from(
    `${XML_HEAD}<manifest:manifest xmlns:manifest="${MANIFEST}" manifest:version="1.3">` +
      `${root}${entries.join('')}</manifest:manifest>`,
  );
}

/** Says of an entry that is not copied what stood in it. */
function tellEntry(name: string, content: Buffer, found: Findings): void {
  if (/^(layout-cache|Configurations2\/)/.test(name) && content.length === 0) return;
  if (name === 'meta.xml') return tellMeta(name, content, found);
  if (name === 'VersionList.xml' || name.startsWith('Versions/')) found.add('revision', name);
  else if (name.startsWith('Thumbnails/')) found.add('thumbnail', name);
  else if (/^(Basic|Scripts|Dialogs)\//.test(name)) found.add('script', name);
  else if (/^META-INF\/.*signatures/.test(name)) found.add('author', name);
  else if (name.endsWith('.rdf') || name.startsWith('Configurations2/'))
    found.add('property', name);
  else if (name !== 'layout-cache') found.add('embedded-file', name);
}

function tellMeta(name: string, content: Buffer, found: Findings): void {
  try {
    readXml(content, name, ({ local, parent, text = '', attributes }) => {
      if (parent?.local !== 'meta') return;
      const isPerson = /^(creator|initial-creator|printed-by)$/.test(local);
      const named = attributes.find((each) => each.local === 'name')?.value ?? local;
      const said = text.trim() || attributes.map(({ value }) => value).join(' ');
      found.add(isPerson ? 'author' : 'property', name, isPerson ? said : `${named}: ${said}`);
    });
  } catch (error) {
    if (!(error instanceof FormatRefused)) throw error;
    found.add('property', name);
  }
}
