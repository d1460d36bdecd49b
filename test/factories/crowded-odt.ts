import { png } from './images.js';
import { odfPart, odt } from './odt.js';
import type { Plant } from './telling-docx.js';

const p = (content: string): string => `<text:p>${content}</text:p>`;
const frame = (content: string, more = ''): string => `<draw:frame ${more}>${content}</draw:frame>`;
const LOEXT = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"';

const bodyOf = (plant: Plant): string => {
  const field = (name: string) => `<text:${name}>${plant(name)}</text:${name}>`;
  const info = (place: string) =>
    `<office:change-info><dc:creator>${plant(place)}</dc:creator><dc:date>2024-01-02T03:04:05</dc:date></office:change-info>`;
  return [
    `<text:tracked-changes text:protection-key="${plant('protection of changes')}"><text:changed-region text:id="a"><text:insertion>${info('insertion by')}</text:insertion></text:changed-region>`,
    `<text:changed-region text:id="b"><text:format-change>${info('format by')}</text:format-change></text:changed-region></text:tracked-changes>`,
    `<text:dde-connection-decls><text:dde-connection-decl office:name="d" office:dde-application="soffice" office:dde-topic="/home/${plant('dde topic')}" office:dde-item="x"/></text:dde-connection-decls>`,
    p(`<text:change-start text:change-id="a"/>Inserted.<text:change-end text:change-id="a"/>`),
    p(
      `By ${['creator', 'author-name', 'author-initials', 'initial-creator', 'printed-by', 'sender-firstname', 'sender-lastname', 'sender-company', 'template-name'].map(field).join('')}nobody.`,
    ),
    p(
      `Noted<office:annotation office:name="n"><dc:creator>${plant('annotation by')}</dc:creator><text:sender-initials>${plant('initials')}</text:sender-initials>${p(plant('annotation'))}</office:annotation> here<office:annotation-end office:name="n"/>.`,
    ),
    `<table:table><table:table-column/><table:table-row><table:table-cell>${p('A cell.')}</table:table-cell></table:table-row>` +
      `<table:table-row table:visibility="collapse"><table:table-cell>${p(plant('hidden row'))}</table:table-cell></table:table-row></table:table>`,
    p(frame(`<draw:text-box>${p(plant('hidden frame'))}</draw:text-box>`, 'draw:display="none"')),
    `<text:section text:name="S" text:protected="true" text:protection-key="${plant('protection')}"><text:section-source xlink:href="file:///home/${plant('section source')}"/>${p('Sectioned.')}</text:section>`,
    p(
      `Cited <text:bibliography-mark text:bibliography-type="book" text:identifier="[1]" text:author="${plant('cited author')}" text:url="file:///C:/${plant('cited file')}" text:note="${plant('note on a work')}" text:custom1="${plant('own field')}">[1]</text:bibliography-mark>.`,
    ),
    p(
      `<text:drop-down text:name="d"><text:label text:value="${plant('other choice')}"/>Chosen.</text:drop-down>`,
    ),
    p(
      `<loext:content-control ${LOEXT} loext:alias="${plant('control alias')}" loext:tag="${plant('control tag')}" loext:data-binding-xpath="/${plant('control data')}"><loext:list-item loext:display-text="${plant('other item')}" loext:value="x"/>Controlled.</loext:content-control>`,
    ),
    p(
      `<text:conditional-text text:condition="x" text:string-value-if-true="${plant('if true')}" text:string-value-if-false="${plant('if false')}">Conditional.</text:conditional-text><text:database-display text:database-name="${plant('database')}" text:table-name="t">Displayed.</text:database-display>`,
    ),
    p(
      `<text:a xlink:href="file:///C:/Users/${plant('user')}/a.odt" office:title="C:\\${plant('link title')}">Link</text:a> <draw:a xlink:href="../${plant('folder')}/b.odt">${frame('<draw:image xlink:href="Pictures/a.png"/>')}</draw:a>out.`,
    ),
    p(
      frame(
        `<draw:object xlink:href="./Object 1"/><draw:image xlink:href="Pictures/a.png"/><svg:desc>/home/${plant('description')}</svg:desc>`,
        `draw:name="${plant('frame')}.ods"`,
      ),
    ),
    p(frame(`<draw:object-ole xlink:href="./Object 2"/>`)),
    p(frame(`<draw:plugin xlink:href="file:///${plant('film')}"/>`)),
    p(frame(`<draw:floating-frame xlink:href="file:///${plant('floating frame')}"/>`)),
    p(`<own:note xmlns:own="http://${plant('namespace')}/">${plant('own element')}</own:note>End.`),
  ].join('');
};

/** An OpenDocument text with what programs leave in it, in ways that differ from `tellingOdt`. */
export const crowdedOdt = (plant: Plant): Promise<Buffer> => {
  const setting = (name: string, type: string) =>
    `<config:config-item config:name="${name}" config:type="${type}">${plant(name)}</config:config-item>`;
  const entries = {
    'meta.xml': odfPart(
      'document-meta',
      `<office:meta><meta:printed-by>${plant('printed by')}</meta:printed-by><dc:subject>${plant('subject')}</dc:subject><meta:keyword>${plant('keyword')}</meta:keyword><meta:auto-reload xlink:href="file:///${plant('reload')}"/><meta:document-statistic meta:word-count="9"/></office:meta>`,
    ),
    'settings.xml': odfPart(
      'document-settings',
      `<office:settings><config:config-item-set config:name="ooo:configuration-settings">${setting('PrinterName', 'string')}${setting('PrinterSetup', 'base64Binary')}${setting('CurrentDatabaseDataSource', 'string')}${setting('RedlineProtectionKey', 'base64Binary')}<config:config-item config:name="UseFormerLineSpacing" config:type="boolean">false</config:config-item></config:config-item-set></office:settings>`,
    ),
    'styles.xml': odfPart(
      'document-styles',
      `<office:font-face-decls><style:font-face style:name="F"><svg:font-face-src><svg:font-face-uri xlink:href="Fonts/${plant('font file')}"/></svg:font-face-src></style:font-face></office:font-face-decls>` +
        `<office:styles><draw:fill-image draw:name="Bitmap 1" xlink:href="file:///home/${plant('fill image')}.png"/></office:styles>` +
        `<office:master-styles><style:master-page style:name="Standard"><style:header>${p(`Head<office:annotation><dc:creator>${plant('annotation in a header')}</dc:creator></office:annotation>`)}</style:header></style:master-page></office:master-styles>`,
    ),
    'Pictures/a.png': png([], plant('behind a picture')),
    'Object 1/content.xml': `<x>${plant('embedded sheet')}</x>`,
    'Object 1/meta.xml': `<x>${plant('author of a sheet')}</x>`,
    'Object 2': plant('ole object'),
    'VersionList.xml': `<v><version><creator>${plant('version by')}</creator></version></v>`,
    'Versions/Version1': plant('version'),
    'Thumbnails/thumbnail.png': plant('thumbnail'),
    'Fonts/font.ttf': plant('embedded font'),
    'Scripts/python/a.py': plant('script'),
    'META-INF/macrosignatures.xml': plant('signature'),
  };
  return odt(bodyOf(plant), { entries });
};

/** What remains to be read of it. */
export const CROWDED_ODT_TEXT =
  'Head Inserted. By nobody. Noted here. A cell. Sectioned. Cited [1]. Chosen. Controlled. Conditional.Displayed. Link out. End.';
