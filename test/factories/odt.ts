import { writeZip } from '../../src/platform/formats/zip.js';

const ODF = 'urn:oasis:names:tc:opendocument:xmlns';
const NAMESPACES = Object.entries({
  ...Object.fromEntries(
    ['office', 'style', 'text', 'table', 'meta', 'config', 'script', 'form'].map((name) => [
      name,
      `${ODF}:${name}:1.0`,
    ]),
  ),
  draw: `${ODF}:drawing:1.0`,
  svg: `${ODF}:svg-compatible:1.0`,
  fo: `${ODF}:xsl-fo-compatible:1.0`,
  dc: 'http://purl.org/dc/elements/1.1/',
  xlink: 'http://www.w3.org/1999/xlink',
  xhtml: 'http://www.w3.org/1999/xhtml',
  ooo: 'http://openoffice.org/2004/office',
  officeooo: 'http://openoffice.org/2009/office',
})
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ');

export const odfPart = (root: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><office:${root} ${NAMESPACES} office:version="1.3">` +
  `${content}</office:${root}>`;

interface OdtOptions {
  /** Inside `office:automatic-styles`. */
  readonly styles?: string;
  /** Further entries by name. */
  readonly entries?: Readonly<Record<string, string | Buffer>>;
}

/** An OpenDocument text whose `office:text` is `body`. */
export function odt(body: string, { styles = '', entries = {} }: OdtOptions = {}): Promise<Buffer> {
  const all: Record<string, string | Buffer> = {
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': odfPart(
      'document-content',
      `<office:automatic-styles>${styles}</office:automatic-styles>` +
        `<office:body><office:text>${body}</office:text></office:body>`,
    ),
    'styles.xml': odfPart('document-styles', '<office:styles/>'),
    ...entries,
  };
  const listed = Object.keys(all)
    .filter((name) => name !== 'mimetype')
    .map((name) => `<manifest:file-entry manifest:full-path="${name}" manifest:media-type=""/>`);
  const manifest =
    `<manifest:manifest xmlns:manifest="${ODF}:manifest:1.0" manifest:version="1.3">` +
    '<manifest:file-entry manifest:full-path="/" manifest:version="1.3" ' +
    'manifest:media-type="application/vnd.oasis.opendocument.text"/>' +
    `${listed.join('')}</manifest:manifest>`;
  const files = Object.entries({ ...all, 'META-INF/manifest.xml': manifest });
  return writeZip(files.map(([name, content]) => [name, Buffer.from(content)]));
}

/** What is read in the body, a line for each paragraph. */
export const textOfOdt = (content: string): string =>
  content
    .slice(content.indexOf('<office:body'))
    .replaceAll(/<\/text:(p|h)>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .trim();
