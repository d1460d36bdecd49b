import { chunk, png } from './images.js';
import { odfPart, odt } from './odt.js';
import type { Plant } from './telling-docx.js';

const metafile = (comment: string): Buffer => {
  const head = Buffer.from('VCLMTF\x01\0\x04\0\0\0\x01\0\0\0', 'latin1');
  const said = Buffer.from(`\0\0${comment}`);
  said.writeUInt16LE(comment.length);
  const action = Buffer.alloc(8);
  action.writeUInt16LE(512);
  action.writeUInt32LE(said.length, 4);
  return Buffer.concat([head, action, said]);
};

/** Every place of an OpenDocument text in which something is told beside the text. */
export function tellingOdt(plant: Plant): Promise<Buffer> {
  const styles =
    '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>' +
    '<style:style style:name="T2" style:family="text" style:parent-style-name="T1"/>' +
    `<style:style style:name="P1" style:family="paragraph"><style:text-properties officeooo:rsid="00123456" officeooo:paragraph-rsid="00123456"/></style:style>`;
  const body = [
    `<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><office:change-info><dc:creator>${plant('change by')}</dc:creator></office:change-info><text:p>${plant('deleted text')}</text:p></text:deletion></text:changed-region></text:tracked-changes>`,
    `<text:user-field-decls><text:user-field-decl text:name="${plant('variable')}" office:value-type="string" office:string-value="${plant('variable value')}"/></text:user-field-decls>`,
    '<text:p text:style-name="P1">Accepted <text:change-start text:change-id="ct2"/>insertion<text:change-end text:change-id="ct2"/><text:change text:change-id="ct1"/> stays</text:p>',
    `<text:p>Seen<text:span text:style-name="T1">${plant('hidden span')}</text:span><text:span text:style-name="T2">${plant('hidden by parent')}</text:span><text:hidden-text text:condition="x" text:string-value="${plant('hidden value')}">${plant('hidden field')}</text:hidden-text></text:p>`,
    `<text:p><text:hidden-paragraph text:condition="true" text:is-hidden="true"/>${plant('hidden paragraph')}</text:p>`,
    `<text:section text:name="S" text:display="none"><text:p>${plant('hidden section')}</text:p></text:section>`,
    `<text:p>By <text:author-name>${plant('author field')}</text:author-name><text:sender-email>${plant('sender')}</text:sender-email><text:file-name>${plant('file name')}</text:file-name><text:title>A title</text:title></text:p>`,
    `<text:p>Noted<office:annotation><dc:creator>${plant('comment by')}</dc:creator><text:p>${plant('comment')}</text:p></office:annotation> here</text:p>`,
    `<text:p><text:a xlink:type="simple" xlink:href="file:///home/${plant('local link')}">link</text:a> <text:a xlink:type="simple" xlink:href="https://www.ohchr.org/">web</text:a></text:p>`,
    `<text:p><draw:frame draw:name="${plant('picture name')}.png"><draw:image xlink:href="Pictures/photo.png"/><svg:title>${plant('picture title')}.png</svg:title><svg:desc>A map</svg:desc></draw:frame></text:p>`,
    `<text:p><draw:frame draw:name="Object1"><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame></text:p>`,
    `<text:p><text:reference-mark-start text:name="${plant('mark')}${'x'.repeat(60)}"/>cited<text:reference-mark-end text:name="y"/></text:p>`,
    `<text:p xhtml:property="${plant('rdfa')}">End.<!-- ${plant('xml comment')} --></text:p>`,
  ].join('');
  const entries = {
    'meta.xml': odfPart(
      'document-meta',
      `<office:meta><meta:initial-creator>${plant('initial creator')}</meta:initial-creator><dc:creator>${plant('creator')}</dc:creator><meta:generator>${plant('generator')}</meta:generator><meta:user-defined meta:name="${plant('property name')}">${plant('property value')}</meta:user-defined><meta:template xlink:href="${plant('template')}"/></office:meta>`,
    ),
    'settings.xml': odfPart(
      'document-settings',
      `<office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item config:name="ViewId" config:type="string">${plant('view')}</config:config-item></config:config-item-set><config:config-item-set config:name="ooo:configuration-settings"><config:config-item config:name="PrinterName" config:type="string">${plant('printer')}</config:config-item><config:config-item config:name="Rsid" config:type="int">1193046</config:config-item><config:config-item config:name="AddParaTableSpacing" config:type="boolean">true</config:config-item></config:config-item-set></office:settings>`,
    ),
    'Pictures/photo.png': png([chunk('tEXt', `Author\0${plant('picture artist')}`)]),
    'Object 1/content.xml': `<x>${plant('embedded object')}</x>`,
    'ObjectReplacements/Object 1': metafile(plant('metafile comment')),
    'Thumbnails/thumbnail.png': png([], plant('thumbnail')),
    'Configurations2/menubar/menu.xml': plant('configuration'),
    'Basic/Standard/Module1.xml': plant('macro'),
    'manifest.rdf': plant('rdf'),
    'META-INF/documentsignatures.xml': plant('signature'),
    'layout-cache': plant('layout cache'),
    'loose.bin': plant('loose file'),
  };
  return odt(body, { styles, entries });
}

/** What remains to be read of it. */
export const TOLD_ODT_TEXT = `Accepted insertion stays
Seen
By A title
Noted here
link web
A map

cited
End.`;
