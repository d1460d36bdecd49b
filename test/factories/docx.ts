import { writeZip } from '../../src/platform/formats/zip.js';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const WORD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** The namespaces that Word declares, those of them that the tests use. */
export const NAMESPACES = Object.entries({
  w: 'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  w14: 'http://schemas.microsoft.com/office/word/2010/wordml',
  w15: 'http://schemas.microsoft.com/office/word/2012/wordml',
  r: `${OFFICE}/relationships`,
  wp: 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing',
  a: 'http://schemas.openxmlformats.org/drawingml/2006/main',
  pic: 'http://schemas.openxmlformats.org/drawingml/2006/picture',
  mc: 'http://schemas.openxmlformats.org/markup-compatibility/2006',
  v: 'urn:schemas-microsoft-com:vml',
  o: 'urn:schemas-microsoft-com:office:office',
})
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ');

export const wordPart = (root: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><w:${root} ${NAMESPACES}>${content}</w:${root}>`;

/** A paragraph of one run. */
export const paragraph = (text: string, properties = ''): string =>
  `<w:p>${properties}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

export interface DocxPart {
  readonly name: string;
  readonly content: string | Buffer;
  /** The last part of its relationship's type: `styles`, `image`. */
  readonly kind: string;
  /** Of the relationship; a number by its place unless said. */
  readonly id?: string;
  readonly contentType?: string;
  /** A part of the package rather than of the document. */
  readonly ofPackage?: boolean;
}

interface DocxOptions {
  readonly parts?: readonly DocxPart[];
  /** Relationships of the document to what lies outside. */
  readonly links?: readonly { id: string; kind: string; target: string }[];
  /** Entries of the archive that nothing refers to. */
  readonly loose?: Readonly<Record<string, string | Buffer>>;
}

const relationship = (id: string, kind: string, target: string, external = false): string => {
  const type = kind.includes('/') ? kind : `${OFFICE}/relationships/${kind}`;
  const mode = external ? ' TargetMode="External"' : '';
  return `<Relationship Id="${id}" Type="${type}" Target="${target}"${mode}/>`;
};
const relationships = (lines: string[]): string =>
  `<?xml version="1.0"?><Relationships xmlns="${PACKAGE}/relationships">${lines.join('')}</Relationships>`;

/** A Word document whose body is `body`. */
export function docx(body: string, options: DocxOptions = {}): Promise<Buffer> {
  const { parts = [], links = [], loose = {} } = options;
  const overrides = parts.map(
    ({ name, contentType = `${WORD_TYPE}.styles+xml` }) =>
      `<Override PartName="/${name}" ContentType="${contentType}"/>`,
  );
  const lineOf = ({ id, kind, name }: DocxPart, at: number) =>
    relationship(id ?? `rId${at + 100}`, kind, `/${name}`);
  const entries: Record<string, string | Buffer> = {
    '[Content_Types].xml':
      `<?xml version="1.0"?><Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      '<Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="png" ContentType="image/png"/>' +
      `<Override PartName="/word/document.xml" ContentType="${WORD_TYPE}.document.main+xml"/>` +
      `${overrides.join('')}</Types>`,
    '_rels/.rels': relationships([
      relationship('rId1', 'officeDocument', 'word/document.xml'),
      ...parts.filter(({ ofPackage }) => ofPackage).map(lineOf),
    ]),
    'word/document.xml': wordPart('document', `<w:body>${body}<w:sectPr/></w:body>`),
    'word/_rels/document.xml.rels': relationships([
      ...parts.filter(({ ofPackage }) => !ofPackage).map(lineOf),
      ...links.map(({ id, kind, target }) => relationship(id, kind, target, true)),
    ]),
    ...Object.fromEntries(parts.map(({ name, content }) => [name, content])),
    ...loose,
  };
  return writeZip(Object.entries(entries).map(([name, content]) => [name, Buffer.from(content)]));
}

/** What is read in the body: the text of its runs, a line for each paragraph. */
export const textOfDocx = (document: string): string =>
  document
    .replaceAll(/<w:instrText[^]*?<\/w:instrText>/g, '')
    .replaceAll('</w:p>', '\n')
    .replaceAll(/<[^>]*>/g, '')
    .trim();
