import { writeZip } from '../../src/platform/formats/zip.js';
import { escape } from './word.js';

const OASIS = 'urn:oasis:names:tc:opendocument:xmlns';
const NAMES = ['office', 'text', 'style', 'table', 'meta', 'script', 'manifest', 'drawing']
  .map((name) => `xmlns:${name === 'drawing' ? 'draw' : name}="${OASIS}:${name}:1.0"`)
  .concat(
    `xmlns:fo="${OASIS}:xsl-fo-compatible:1.0"`,
    `xmlns:svg="${OASIS}:svg-compatible:1.0"`,
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  )
  .join(' ');
const MIME = 'application/vnd.oasis.opendocument.text';

export interface OdtContent {
  /** Paragraphs made by `textP`, headings and the like. */
  readonly body: string;
  /** Paragraphs that were deleted, in the changes that are tracked. */
  readonly deleted?: string;
  readonly header?: string;
  readonly footer?: string;
  readonly author?: string;
  readonly more?: Readonly<Record<string, string | Buffer>>;
}

/** A paragraph of text, or of elements made already where it begins with a tag. */
export const textP = (content: string, style = 'Standard'): string =>
  `<text:p text:style-name="${style}">${content.startsWith('<') ? content : escape(content)}</text:p>`;
export const span = (text: string, style = 'T1'): string =>
  `<text:span text:style-name="${style}">${escape(text)}</text:span>`;
export const heading = (text: string): string =>
  `<text:h text:outline-level="1">${escape(text)}</text:h>`;
export const note = (kind: 'footnote' | 'endnote', number: number, text: string): string =>
  `<text:note text:note-class="${kind}"><text:note-citation>${number}</text:note-citation><text:note-body>${textP(text)}</text:note-body></text:note>`;
export const annotation = (text: string, author: string): string =>
  `<office:annotation><dc:creator>${escape(author)}</dc:creator><dc:date>2026-01-02T03:04:05</dc:date>${textP(text)}</office:annotation>`;
export const contents = (...entries: readonly string[]): string =>
  `<text:table-of-content><text:index-body>${entries.map((each) => textP(each)).join('')}</text:index-body></text:table-of-content>`;

const AUTOMATIC =
  '<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>' +
  '<style:style style:name="T1" style:family="text"/>' +
  '<style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style>';

const root = (name: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<office:${name} ${NAMES} office:version="1.3">${content}</office:${name}>`;

/** The bytes of an OpenDocument text. */
export function odt(content: OdtContent): Promise<Buffer> {
  const author = escape(content.author ?? '');
  const tracked =
    content.deleted === undefined
      ? ''
      : `<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>${author}</dc:creator><dc:date>2026-01-02T03:04:05</dc:date></office:change-info>${textP(content.deleted)}</text:deletion></text:changed-region></text:tracked-changes>`;
  const edge = (name: string, text: string | undefined) =>
    text === undefined ? '' : `<style:${name}>${textP(text)}</style:${name}>`;
  const entries: Record<string, string | Buffer> = {
    mimetype: MIME,
    'content.xml': root(
      'document-content',
      `<office:automatic-styles>${AUTOMATIC}</office:automatic-styles><office:body><office:text>${tracked}${content.body}</office:text></office:body>`,
    ),
    'styles.xml': root(
      'document-styles',
      `<office:master-styles><style:master-page style:name="Standard">${edge('header', content.header)}${edge('footer', content.footer)}</style:master-page></office:master-styles>`,
    ),
    'meta.xml': root(
      'document-meta',
      `<office:meta><meta:initial-creator>${author}</meta:initial-creator><dc:creator>${author}</dc:creator></office:meta>`,
    ),
    'META-INF/manifest.xml': `<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="${OASIS}:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="${MIME}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
    ...content.more,
  };
  return writeZip(
    Object.entries(entries).map(([name, text]) => [name, Buffer.from(text as string)]),
  );
}
