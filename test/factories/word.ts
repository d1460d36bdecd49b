import { writeZip } from '../../src/platform/formats/zip.js';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'application/vnd.openxmlformats-officedocument';
const WORD = `${OFFICE}.wordprocessingml`;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Parts of a Word document as they are written; `body` holds paragraphs made by `paragraph`. */
export interface DocxContent {
  readonly body: string;
  /** Notes by number from 1, each the words of one paragraph. */
  readonly footnotes?: readonly string[];
  readonly endnotes?: readonly string[];
  readonly header?: string;
  readonly footer?: string;
  /** Written into the properties, the revisions that `inserted` makes, and the comments. */
  readonly author?: string;
  readonly comments?: readonly string[];
  /** Entries beside these, or in their place. */
  readonly more?: Readonly<Record<string, string | Buffer>>;
}

/** A run of text. */
export const run = (text: string, properties = ''): string =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${escape(text)}</w:t></w:r>`;

/** A paragraph of text, or of runs made already where it begins with a tag. */
export const paragraph = (content: string, style?: string): string =>
  `<w:p>${style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${
    content.startsWith('<') ? content : run(content)
  }</w:p>`;

export const footnote = (id: number): string => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`;
export const endnote = (id: number): string => `<w:r><w:endnoteReference w:id="${id}"/></w:r>`;
export const comment = (id: number): string => `<w:r><w:commentReference w:id="${id}"/></w:r>`;
export const deleted = (text: string, author: string): string =>
  `<w:del w:id="91" w:author="${escape(author)}" w:date="2026-01-02T03:04:05Z"><w:r><w:delText>${escape(text)}</w:delText></w:r></w:del>`;
export const inserted = (text: string, author: string): string =>
  `<w:ins w:id="92" w:author="${escape(author)}" w:date="2026-01-02T03:04:05Z">${run(text)}</w:ins>`;
/** A field as Word writes it: its code, and the text that it last gave. */
export const field = (code: string, result: string): string =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${escape(code)}</w:instrText></w:r>` +
  `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${result}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
/** A text box, twice, as Word writes it for older readers. */
export const textBox = (text: string): string => {
  const box = `<w:txbxContent>${paragraph(text)}</w:txbxContent>`;
  return `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${box}</mc:Choice><mc:Fallback>${box}</mc:Fallback></mc:AlternateContent></w:r>`;
};
/** A table, row by row. */
export const table = (rows: readonly (readonly string[])[]): string =>
  `<w:tbl>${rows
    .map(
      (cells) => `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`,
    )
    .join('')}</w:tbl>`;

const STYLES = [
  ['Heading1', 'heading 1'],
  ['TOC1', 'toc 1'],
  ['TOCHeading', 'TOC Heading'],
]
  .map(
    ([id, name]) =>
      `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`,
  )
  .join('');

const part = (root: string, content: string): string =>
  `${HEAD}<w:${root} xmlns:w="${W}" xmlns:r="${R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">${content}</w:${root}>`;
const notes = (root: 'footnote' | 'endnote', texts: readonly string[]): string => {
  const rule = `<w:${root} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:${root}>`;
  const each = texts.map(
    (text, i) =>
      `<w:${root} w:id="${i + 1}">${paragraph(`<w:r><w:${root}Ref/></w:r>${run(` ${text}`)}`)}</w:${root}>`,
  );
  return part(`${root}s`, rule + each.join(''));
};
const comments = (texts: readonly string[], author: string): string =>
  part(
    'comments',
    texts
      .map(
        (text, i) =>
          `<w:comment w:id="${i + 1}" w:author="${escape(author)}" w:initials="XY" w:date="2026-01-02T03:04:05Z">${paragraph(text)}</w:comment>`,
      )
      .join(''),
  );
const core = (author: string): string =>
  `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>${escape(author)}</dc:creator><cp:lastModifiedBy>${escape(author)}</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">2026-01-02T03:04:05Z</dcterms:created></cp:coreProperties>`;

const NAMES = ['styles', 'footnotes', 'endnotes', 'header1', 'footer1', 'comments'] as const;
const kindOf = (name: string): string => name.replace(/\d$/, '');

/** The bytes of a Word document. */
export function docx(content: DocxContent): Promise<Buffer> {
  const author = content.author ?? '';
  const parts: Record<(typeof NAMES)[number], string | undefined> = {
    styles: part('styles', STYLES),
    footnotes: content.footnotes && notes('footnote', content.footnotes),
    endnotes: content.endnotes && notes('endnote', content.endnotes),
    header1: content.header && part('hdr', paragraph(content.header)),
    footer1: content.footer && part('ftr', paragraph(content.footer)),
    comments: content.comments && comments(content.comments, author),
  };
  const there = NAMES.filter((name) => parts[name] !== undefined);
  const overrides = there.map(
    (name) => `<Override PartName="/word/${name}.xml" ContentType="${WORD}.${kindOf(name)}+xml"/>`,
  );
  const relations = there.map(
    (name, i) =>
      `<Relationship Id="rId${i + 1}" Type="${R}/${kindOf(name)}" Target="${name}.xml"/>`,
  );
  const entries: Record<string, string | Buffer> = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/>${overrides.join('')}</Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${R}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    'docProps/core.xml': core(author),
    'word/document.xml': part('document', `<w:body>${content.body}<w:sectPr/></w:body>`),
    'word/_rels/document.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`,
    ...Object.fromEntries(there.map((name) => [`word/${name}.xml`, parts[name]!])),
    ...content.more,
  };
  return writeZip(
    Object.entries(entries).map(([name, text]) => [name, Buffer.from(text as string)]),
  );
}

/** A Word document of plain paragraphs. */
export const plainDocx = (...texts: readonly string[]): Promise<Buffer> =>
  docx({ body: texts.map((text) => paragraph(text)).join('') });
