import { docx, NAMESPACES, paragraph, wordPart, type DocxPart } from './docx.js';
import { png } from './images.js';
import type { Plant } from './telling-docx.js';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const MICROSOFT = 'http://schemas.microsoft.com/office';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CHART = 'http://schemas.openxmlformats.org/drawingml/2006/chart';

const run = (text: string, properties = ''): string =>
  `<w:r>${properties}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const by = (name: string): string =>
  `w:id="9" w:author="${name}" w:initials="NN" w:date="2024-01-02T03:04:05Z"`;
const field = (instruction: string, result: string): string =>
  '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' +
  `<w:r><w:instrText xml:space="preserve"> ${instruction} </w:instrText></w:r>` +
  `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
const drawing = (relation: string, properties: string): string =>
  `<w:r><w:drawing><wp:inline>${properties}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">` +
  `<pic:pic><pic:blipFill><a:blip r:embed="${relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;

const bodyOf = (plant: Plant): string =>
  [
    // A move, with both of its ends and its name.
    `<w:p><w:moveFromRangeStart ${by(plant('move range by'))} w:name="${plant('move name')}"/>`,
    `<w:moveFrom ${by(plant('moved from by'))}>${run(plant('moved from'))}</w:moveFrom><w:moveFromRangeEnd w:id="9"/>`,
    `<w:moveToRangeStart ${by(plant('move to range by'))} w:name="m"/><w:moveTo ${by(plant('moved to by'))}>${run('Moved here.')}</w:moveTo><w:moveToRangeEnd w:id="9"/></w:p>`,
    `<w:p w:rsidR="00C0FFEE" w:rsidRDefault="00C0FFEE" xmlns:acme="http://${plant('namespace of a part')}/" mc:Ignorable="w14 acme" acme:note="${plant('own attribute of a paragraph')}">${run('Seen.')}${run(plant('hidden'), '<w:rPr><w:vanish/></w:rPr>')}</w:p>`,
    `<w:tbl><w:tr><w:tc>${paragraph('A cell.')}</w:tc></w:tr>`,
    `<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>${paragraph(plant('hidden row'))}</w:tc></w:tr></w:tbl>`,
    // Pictures: one that is hidden, one whose alternative text names a file, one that is linked.
    `<w:p>${drawing('hidden', `<wp:docPr id="1" name="Picture 1" hidden="1" descr="${plant('hidden picture')}"/>`)}`,
    drawing(
      'shown',
      `<wp:docPr id="2" name="Picture 2" title="\\\\server\\${plant('picture title')}" descr="${plant('picture file')}.docx"/>`,
    ),
    `${drawing('shown', '<wp:docPr id="3" name="Picture 3" descr="A map of the valley"/>')}</w:p>`,
    `<w:p><w:r><w:pict><v:shape id="${plant('shape')}" alt="C:\\Users\\${plant('shape path')}\\a.png" style="width:9pt"><v:imagedata r:id="shown" o:title="${plant('shape title')}"/></v:shape></w:pict></w:r>`,
    `<w:r><w:pict><v:shape style="visibility:hidden" alt="x"><v:textbox><w:txbxContent>${paragraph(plant('hidden shape'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`,
    `<w:r><w:pict><v:shape><o:signatureline v:ext="edit" o:suggestedsigner="${plant('signer')}" o:suggestedsigneremail="${plant('signer mail')}"/></v:shape></w:pict></w:r></w:p>`,
    // Controls and forms.
    `<w:p><w:sdt><w:sdtPr><w:dropDownList w:lastValue="${plant('last value')}"><w:listItem w:displayText="${plant('other choice')}" w:value="${plant('other value')}"/></w:dropDownList>` +
      `<w:dataBinding w:xpath="/${plant('data path')}" w:storeItemID="{0}"/><w:placeholder><w:docPart w:val="${plant('placeholder')}"/></w:placeholder></w:sdtPr><w:sdtContent>${run('Chosen.')}</w:sdtContent></w:sdt></w:p>`,
    `<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="${plant('form field')}"/><w:helpText w:type="text" w:val="${plant('help')}"/><w:statusText w:type="text" w:val="${plant('status')}"/></w:ffData></w:fldChar></w:r>` +
      `<w:r><w:instrText>FORMTEXT</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('Typed.')}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
    `<w:customXml w:uri="urn:${plant('own uri')}" w:element="${plant('own element')}"><w:customXmlPr><w:attr w:name="x" w:val="${plant('own attribute')}"/></w:customXmlPr>${paragraph('Marked.')}</w:customXml>`,
    `<w:p><w:smartTag w:uri="urn:x" w:element="${plant('smart tag')}">${run('Tagged.')}</w:smartTag><own:note xmlns:own="http://${plant('namespace')}/"/></w:p>`,
    // Links and fields.
    `<w:p><w:hyperlink r:id="home">${run('Home')}</w:hyperlink><w:hyperlink r:id="share">${run(' share')}</w:hyperlink><w:hyperlink r:id="relative">${run(' beside')}</w:hyperlink>`,
    `<w:hyperlink r:id="web" w:tooltip="C:\\Users\\${plant('tip')}">${run(' web.')}</w:hyperlink></w:p>`,
    `<w:p>${field(`INCLUDEPICTURE "C:\\\\Users\\\\${plant('included')}.png"`, 'Included.')}${field(`ADDIN ZOTERO_ITEM {"${plant('reference')}"}`, ' Cited.')}`,
    `${field(`HYPERLINK "file:///home/${plant('linked')}"`, ' Linked.')}${field(`SET x "${plant('set')}"`, ' ')}${field('DOCPROPERTY Manager', plant('manager field'))}${field('FILENAME \\p', plant('file name field'))}</w:p>`,
    // What is embedded: an object, a chart, ink, another document.
    `<w:p><w:r><w:object><v:shape><v:imagedata r:id="shown"/></v:shape><o:OLEObject Type="Embed" ProgID="${plant('program')}" ShapeID="s" r:id="object"/></w:object></w:r>`,
    `<w:r><w:drawing><wp:inline><wp:docPr id="4" name="Chart 4"/><a:graphic><a:graphicData uri="${CHART}"><c:chart xmlns:c="${CHART}" r:id="chart"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
    `<w:r><w:contentPart r:id="ink"/></w:r><w:subDoc r:id="sub"/></w:p>`,
    `<w:p><w:pPr><w:sectPr><w:printerSettings r:id="printer"/></w:sectPr></w:pPr>${run('End.', '<w:rPr><w:rFonts w:ascii="Used" w:hAnsi="Used"/></w:rPr>')}</w:p>`,
  ].join('');

const chart = (plant: Plant): string =>
  `<?xml version="1.0"?><c:chartSpace xmlns:c="${CHART}" xmlns:r="${OFFICE}/relationships" xmlns:c15="${MICROSOFT}/drawing/2012/chart"><c:pivotSource><c:name>[${plant('pivot')}]x</c:name></c:pivotSource>` +
  `<c:chart><c:plotArea><c:barChart><c:ser><c:val><c:numRef><c:f>'C:\\Users\\[${plant('workbook')}.xlsx]Sheet1'!$A$1</c:f><c:numCache><c:ptCount val="1"/></c:numCache></c:numRef></c:val></c:ser>` +
  `<c:extLst><c:ext uri="{02D57815-91ED-43cb-92C2-25804820EDAC}"><c15:filteredBarSeries><c15:ser><c:tx><c:v>${plant('filtered series')}</c:v></c:tx></c15:ser></c15:filteredBarSeries></c:ext></c:extLst></c:barChart></c:plotArea></c:chart><c:externalData r:id="rId1"/></c:chartSpace>`;

const partsOf = (plant: Plant): DocxPart[] => [
  {
    name: 'word/comments.xml',
    kind: 'comments',
    content: wordPart(
      'comments',
      `<w:comment ${by(plant('comment by'))}><w:p w14:paraId="1"><w:r><w:t>${plant('comment')}</w:t></w:r></w:p></w:comment>`,
    ),
  },
  ...['commentsExtended', 'commentsIds', 'commentsExtensible', 'people'].map((kind) => ({
    name: `word/${kind}.xml`,
    kind: `${MICROSOFT}/2018/08/relationships/${kind}`,
    content: `<w15:${kind} xmlns:w15="${MICROSOFT}/word/2012/wordml"><w15:person w15:author="${plant(kind)}"/></w15:${kind}>`,
  })),
  {
    name: 'word/settings.xml',
    kind: 'settings',
    content: wordPart(
      'settings',
      `<w:writeProtection w:recommended="1"/><w:attachedTemplate r:id="rId1"/><w:mailMerge><w:query w:val="SELECT ${plant('mail merge')}"/></w:mailMerge>` +
        `<w:documentProtection w:hash="${plant('hash')}"/><w:rsids><w:rsid w:val="00C0FFEE"/></w:rsids><w:saveThroughXslt w:solutionID="${plant('solution')}"/><w:footnotePr/><w15:docId w15:val="{0}"/>`,
    ),
  },
  {
    name: 'word/_rels/settings.xml.rels',
    kind: 'none',
    content: `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/attachedTemplate" Target="file:///C:/Users/${plant('template')}/AppData/Normal.dotm" TargetMode="External"/></Relationships>`,
  },
  {
    name: 'word/fontTable.xml',
    kind: 'fontTable',
    content: wordPart(
      'fonts',
      `<w:font w:name="Used"><w:altName w:val="${plant('other name of a font')}"/><w:panose1 w:val="02020603050405020304"/><w:embedRegular r:id="rId1" w:fontKey="{${plant('font key')}}"/></w:font><w:font w:name="${plant('unused font')}"/>`,
    ),
  },
  {
    name: 'word/_rels/fontTable.xml.rels',
    kind: 'none',
    content: `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/font" Target="fonts/font1.odttf"/></Relationships>`,
  },
  {
    name: 'word/styles.xml',
    kind: 'styles',
    content: wordPart(
      'styles',
      `<w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/><w:rsid w:val="00C0FFEE"/><w:hidden/></w:style>`,
    ),
  },
  {
    name: 'word/numbering.xml',
    kind: 'numbering',
    content: wordPart(
      'numbering',
      `<w:abstractNum w:abstractNumId="0"><w:nsid w:val="00C0FFEE"/><w:tmpl w:val="00C0FFEE"/></w:abstractNum>`,
    ),
  },
  {
    name: 'word/theme/theme1.xml',
    kind: 'theme',
    content: `<a:theme ${NAMESPACES} name="${plant('theme')}"><a:themeElements><a:clrScheme name="${plant('colours')}"/></a:themeElements><a:extLst><a:ext uri="{05A4C25C-085E-4340-85A3-A5531E510DB2}"><thm15:themeFamily xmlns:thm15="${MICROSOFT}/thememl/2012/main" name="${plant('theme family')}"/></a:ext></a:extLst></a:theme>`,
  },
  { name: 'word/media/image1.png', kind: 'image', id: 'shown', content: png() },
  {
    name: 'word/media/image2.png',
    kind: 'image',
    id: 'hidden',
    content: png([], plant('hidden photo')),
  },
  { name: 'word/charts/chart1.xml', kind: 'chart', id: 'chart', content: chart(plant) },
  {
    name: 'word/charts/_rels/chart1.xml.rels',
    kind: 'none',
    content: `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/package" Target="../embeddings/Workbook.xlsx"/></Relationships>`,
  },
  {
    name: 'word/printerSettings/printerSettings1.bin',
    kind: 'printerSettings',
    id: 'printer',
    content: Buffer.from(plant('printer'), 'latin1'),
  },
  {
    name: 'word/embeddings/oleObject1.bin',
    kind: 'oleObject',
    id: 'object',
    content: plant('ole object'),
  },
  {
    name: 'word/ink/ink1.xml',
    kind: 'customXml',
    id: 'ink',
    content: `<inkml>${plant('ink')}</inkml>`,
  },
  {
    name: 'customXml/item1.xml',
    kind: 'customXml',
    content: `<form><name>${plant('custom xml')}</name></form>`,
  },
  {
    name: 'customXml/itemProps1.xml',
    kind: 'customXmlProps',
    content: `<ds xmlns="x"><ref uri="${plant('schema')}"/></ds>`,
  },
  {
    name: 'word/glossary/document.xml',
    kind: 'glossaryDocument',
    content: wordPart('glossaryDocument', paragraph(plant('building block'))),
  },
  {
    name: 'word/webSettings.xml',
    kind: 'webSettings',
    content: wordPart('webSettings', `<w:divs><w:div w:id="${plant('web')}"/></w:divs>`),
  },
  {
    name: 'docProps/thumbnail.emf',
    kind: `${PACKAGE}/relationships/metadata/thumbnail`,
    ofPackage: true,
    content: plant('thumbnail'),
  },
  {
    name: 'docProps/custom.xml',
    kind: 'custom-properties',
    ofPackage: true,
    content: `<Properties xmlns="${OFFICE}/custom-properties"><property name="${plant('label')}"><x>${plant('label value')}</x></property></Properties>`,
  },
];

/** A Word document with what programs leave in it, in ways that differ from `tellingDocx`. */
export const crowdedDocx = (plant: Plant): Promise<Buffer> =>
  docx(bodyOf(plant), {
    parts: partsOf(plant),
    links: [
      { id: 'home', kind: 'hyperlink', target: `file:///C:/Users/${plant('user')}/report.docx` },
      { id: 'share', kind: 'hyperlink', target: `\\\\server\\${plant('share')}` },
      { id: 'relative', kind: 'hyperlink', target: `../${plant('folder')}/a.docx` },
      { id: 'web', kind: 'hyperlink', target: 'https://www.ohchr.org/' },
      { id: 'sub', kind: 'subDocument', target: `file:///home/${plant('sub document')}` },
    ],
    loose: {
      'word/fonts/font1.odttf': plant('embedded font'),
      'word/embeddings/Workbook.xlsx': plant('embedded workbook'),
      '_xmlsignatures/sig1.xml': plant('signature'),
    },
  });

/** What remains to be read of it. */
export const CROWDED_TEXT =
  'Moved here. Seen. A cell. Chosen. Typed. Marked. Tagged. Home share beside web. Included. Cited. Linked. End.';
