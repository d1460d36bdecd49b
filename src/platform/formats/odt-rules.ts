/** What of OpenDocument goes, stays, or goes and leaves its content. */

const ODF = 'urn:oasis:names:tc:opendocument:xmlns:';
const SHORT: Readonly<Record<string, string>> = {
  'http://www.w3.org/1999/xlink': 'xlink',
  'http://www.w3.org/1998/Math/MathML': 'math',
  'http://www.w3.org/2003/g/data-view#': 'grddl',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://www.w3.org/XML/1998/namespace': 'xml',
  'http://www.w3.org/1999/xhtml': 'xhtml',
  'urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0': 'loext',
  'http://openoffice.org/2009/office': 'officeooo',
  'http://openoffice.org/2010/draw': 'drawooo',
  'http://openoffice.org/2009/table': 'tableooo',
  'http://openoffice.org/2004/office': 'ooo',
  'http://openoffice.org/2004/writer': 'ooow',
  'http://www.w3.org/TR/css3-text/': 'css3t',
  'urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0': 'field',
  'urn:openoffice:names:experimental:ooxml-odf-interop:xmlns:form:1.0': 'formx',
  'urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0': 'calcext',
};

/** Undefined for a namespace that is no part of OpenDocument. */
export function shortName(uri: string): string | undefined {
  if (uri === '') return '';
  if (uri.startsWith(ODF)) {
    const [name = ''] = uri.slice(ODF.length).split(':');
    return name === 'drawing' ? 'draw' : name.replace('-compatible', '');
  }
  return SHORT[uri];
}

const words = (text: string) => new Set(text.trim().split(/\s+/));

export const DROPPED = words(`
  text:tracked-changes text:change text:change-start text:change-end
  office:annotation office:annotation-end
  office:scripts office:event-listeners text:script office:dde-source table:dde-link
  text:dde-connection-decls text:variable-decls text:user-field-decls
  form:connection-resource form:properties
  draw:object draw:object-ole draw:applet draw:plugin draw:floating-frame
  text:hidden-text svg:font-face-src office:meta text:meta-field-decls
  draw:contour-polygon-source text:label loext:list-item`);
/** Fields that show what the document's own properties say: their text stays as text. */
export const UNWRAPPED = words(`
  text:meta text:meta-field text:title text:subject text:keywords text:description
  text:user-defined text:editing-cycles text:editing-duration text:creation-date
  text:creation-time text:modification-date text:modification-time text:print-date
  text:print-time text:user-field-get text:user-field-input text:variable-set
  text:variable-get text:variable-input text:database-display text:database-name
  text:database-next text:database-row-select text:database-row-number text:dde-connection
  text:conditional-text text:execute-macro`);
/** Fields that show who wrote the document, where and under which name. */
export const PERSONAL = words(`
  text:author-name text:author-initials text:initial-creator text:creator text:printed-by
  text:file-name text:template-name text:sender-firstname text:sender-lastname
  text:sender-initials text:sender-title text:sender-position text:sender-email
  text:sender-phone-private text:sender-fax text:sender-company text:sender-phone-work
  text:sender-street text:sender-city text:sender-postal-code text:sender-country
  text:sender-state-or-province`);

export const IDENTIFIERS = /^(rsid|paragraph-rsid|protection-key(-digest-algorithm\w*)?)$/;
/** Of a control in the text: what programs call it, and where its value lies. */
export const CONTROL = /^(alias|tag|placeholder-doc-part|data-binding-[\w-]+)$/;
/** Of a work that is cited: what is shown of it stands in the text and in the bibliography. */
export const CITATION = /^(identifier|bibliography-type)$/;
/** Longer names of marks hold what programs hide in them: references, JSON. */
export const MAX_NAME = 60;
