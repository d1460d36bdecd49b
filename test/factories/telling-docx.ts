import { docx, NAMESPACES, paragraph, wordPart, type DocxPart } from './docx.js';
import { exif, jpeg, segment } from './images.js';

/** Gives each place a word of its own, to be looked for afterwards. */
export type Plant = (place: string) => string;

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const MICROSOFT = 'http://schemas.microsoft.com/office/2011/relationships';
const mark = (plant: Plant, place: string) =>
  `w:id="9" w:author="${plant(`${place} by`)}" w:date="2024-01-02T03:04:05Z"`;
const run = (text: string, properties = '') =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const field = (instruction: string, result: string) =>
  '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' +
  `<w:r><w:instrText xml:space="preserve"> ${instruction} </w:instrText></w:r>` +
  `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}` +
  '<w:r><w:fldChar w:fldCharType="end"/></w:r>';

/** Every place of a Word document in which something is told beside the text. */
export function tellingDocx(plant: Plant): Promise<Buffer> {
  const picture = jpeg([
    segment(
      0xe1,
      exif(
        { 0x013b: plant('picture artist') },
        {},
        { 1: 'N', 2: [46, 3, 0], 3: 'E', 4: [14, 30, 0] },
      ),
    ),
  ]);
  const body = [
    `<w:p w:rsidR="00A1B2C3" w14:paraId="1A2B3C4D">${run('Accepted ')}`,
    `<w:ins ${mark(plant, 'insertion')}>${run('insertion')}</w:ins>`,
    `<w:del ${mark(plant, 'deletion')}><w:r><w:delText>${plant('deleted text')}</w:delText></w:r></w:del>`,
    `<w:moveFrom ${mark(plant, 'move')}><w:r><w:t>${plant('moved text')}</w:t></w:r></w:moveFrom>`,
    `<w:commentRangeStart w:id="1"/>${run(' stays', '<w:b/><w:rPrChange ' + mark(plant, 'format') + '><w:rPr/></w:rPrChange>')}`,
    '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r></w:p>',
    `<w:p><w:pPr><w:rPr><w:del ${mark(plant, 'paragraph end')}/></w:rPr></w:pPr>${run('One ')}</w:p>${paragraph('paragraph.')}`,
    `<w:p>${run('Seen')}${run(plant('hidden run'), '<w:vanish/>')}${run(plant('hidden by style'), '<w:rStyle w:val="Quiet"/>')}</w:p>`,
    `<w:p>${field('AUTHOR', plant('author field'))}${field(`LINK Excel "C:\\\\${plant('linked path')}.xlsx"`, 'Linked')}${field('PAGE', '1')}</w:p>`,
    `<w:p><w:hyperlink r:id="local">${run('link')}</w:hyperlink><w:hyperlink r:id="web">${run(' web')}</w:hyperlink></w:p>`,
    `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="${plant('picture name')}.jpg" descr="C:\\Users\\${plant('picture path')}.jpg"/>` +
      '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>' +
      `<pic:nvPicPr><pic:cNvPr id="1" name="Picture 1"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="photo"><a:extLst><a:ext uri="{${plant('extension')}}"/></a:extLst></a:blip></pic:blipFill>` +
      '</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>',
    `<w:p><w:r><w:object><v:shape id="s" style="width:1pt"><v:imagedata r:id="stand" o:title="${plant('object title')}"/></v:shape>` +
      `<o:OLEObject Type="Embed" ProgID="${plant('program')}" r:id="object"/></w:object></w:r></w:p>`,
    `<w:sdt><w:sdtPr><w:alias w:val="${plant('control alias')}"/><w:tag w:val="${plant('control tag')}"/></w:sdtPr><w:sdtContent>${paragraph('In a control.')}</w:sdtContent></w:sdt>`,
    `<w:tbl><w:tr><w:tc>${paragraph('Cell.')}</w:tc></w:tr><w:tr><w:trPr><w:del ${mark(plant, 'row')}/></w:trPr><w:tc>${paragraph(plant('deleted row'))}</w:tc></w:tr></w:tbl>`,
    `<w:permStart w:id="5" w:ed="${plant('editor')}"/>${paragraph('End.<!-- ' + plant('xml comment') + ' -->')}<w:permEnd w:id="5"/>`,
  ].join('');
  const note = (id: number, text: string) =>
    `<w:footnote w:id="${id}">${paragraph(text)}</w:footnote>`;
  const parts: DocxPart[] = [
    {
      name: 'docProps/core.xml',
      kind: 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
      ofPackage: true,
      content: `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>${plant('creator')}</dc:creator><cp:lastModifiedBy>${plant('last modified by')}</cp:lastModifiedBy><dc:title>${plant('title')}</dc:title></cp:coreProperties>`,
    },
    {
      name: 'docProps/app.xml',
      kind: 'extended-properties',
      ofPackage: true,
      content: `<Properties xmlns="${OFFICE}/extended-properties"><Company>${plant('company')}</Company><Manager>${plant('manager')}</Manager><Template>${plant('template')}</Template></Properties>`,
    },
    {
      name: 'docProps/custom.xml',
      kind: 'custom-properties',
      ofPackage: true,
      content: `<Properties xmlns="${OFFICE}/custom-properties" xmlns:vt="${OFFICE}/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="${plant('property name')}"><vt:lpwstr>${plant('property value')}</vt:lpwstr></property></Properties>`,
    },
    {
      name: 'docProps/thumbnail.jpeg',
      kind: 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail',
      ofPackage: true,
      content: plant('thumbnail'),
    },
    {
      name: 'word/comments.xml',
      kind: 'comments',
      content: wordPart(
        'comments',
        `<w:comment w:id="1" w:author="${plant('comment by')}">${paragraph(plant('comment'))}</w:comment>`,
      ),
    },
    {
      name: 'word/commentsExtended.xml',
      kind: `${MICROSOFT}/commentsExtended`,
      content: `<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:commentEx w15:paraId="${plant('comment id')}"/></w15:commentsEx>`,
    },
    {
      name: 'word/people.xml',
      kind: `${MICROSOFT}/people`,
      content: `<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="${plant('person')}"><w15:presenceInfo w15:providerId="AD" w15:userId="${plant('account')}"/></w15:person></w15:people>`,
    },
    {
      name: 'word/settings.xml',
      kind: 'settings',
      content: wordPart(
        'settings',
        `<w:attachedTemplate r:id="template"/><w:defaultTabStop w:val="720"/><w:rsids><w:rsidRoot w:val="00A1B2C3"/></w:rsids><w:docVars><w:docVar w:name="${plant('variable')}" w:val="${plant('variable value')}"/></w:docVars><w15:docId w15:val="{${plant('document id')}}"/>`,
      ),
    },
    {
      name: 'word/styles.xml',
      kind: 'styles',
      content: wordPart(
        'styles',
        '<w:style w:type="character" w:styleId="Base"><w:name w:val="Base"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="Quiet"><w:name w:val="Quiet"/><w:basedOn w:val="Base"/></w:style>',
      ),
    },
    {
      name: 'word/theme/theme1.xml',
      kind: 'theme',
      content: `<a:theme ${NAMESPACES} name="${plant('theme')}"><a:themeElements/></a:theme>`,
    },
    {
      name: 'word/footnotes.xml',
      kind: 'footnotes',
      content: wordPart('footnotes', note(7, plant('orphaned note'))),
    },
    { name: 'word/media/image1.jpeg', kind: 'image', id: 'photo', content: picture },
    {
      name: 'word/media/image2.jpeg',
      kind: 'image',
      id: 'stand',
      content: jpeg([segment(0xfe, plant('picture comment'))]),
    },
    {
      name: 'word/embeddings/object.bin',
      kind: 'oleObject',
      id: 'object',
      content: plant('embedded object'),
    },
    {
      name: 'word/printerSettings/settings.bin',
      kind: 'printerSettings',
      content: plant('printer'),
    },
    {
      name: 'customXml/item1.xml',
      kind: 'customXml',
      content: `<x><y>${plant('custom xml')}</y></x>`,
    },
  ];
  return docx(body, {
    parts,
    links: [
      { id: 'local', kind: 'hyperlink', target: `file:///C:/Users/${plant('local link')}/a.docx` },
      { id: 'web', kind: 'hyperlink', target: 'https://www.ohchr.org/' },
      {
        id: 'template',
        kind: 'attachedTemplate',
        target: `file:///C:/${plant('template path')}.dotx`,
      },
    ],
    loose: { 'word/media/unused.bin': plant('loose file') },
  });
}

/** What remains to be read of it. */
export const TOLD_TEXT = `Accepted insertion stays
One paragraph.
Seen
Linked1
link web


In a control.
Cell.
End.`;
