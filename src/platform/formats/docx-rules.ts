/** What of WordprocessingML and DrawingML goes, stays, or goes and leaves its content. */

const ooxml = (name: string) => new RegExp(`/${name}(/2006)?(/main)?$`);

/** Short names of the namespaces that the rules speak of. */
const SHORT: [RegExp, string][] = [
  [ooxml('wordprocessingml'), 'w'],
  [ooxml('relationships'), 'r'],
  [ooxml('chart'), 'c'],
  [ooxml('math'), 'm'],
  [/\/drawingml\/(2006\/)?main$/, 'a'],
  [/\/drawingml\/(2006\/)?(wordprocessing|chart)Drawing$/, 'wp'],
  [/\/drawingml\/(2006\/)?picture$/, 'pic'],
  [/\/markup-compatibility\/2006$/, 'mc'],
  [/^urn:schemas-microsoft-com:vml$/, 'v'],
  [/^urn:schemas-microsoft-com:office:office$/, 'o'],
  [/^urn:schemas-microsoft-com:/, 'ms'],
  [/^http:\/\/schemas\.microsoft\.com\/office\//, 'mso'],
  [/^http:\/\/(schemas\.openxmlformats\.org|purl\.oclc\.org\/ooxml)\//, 'ooxml'],
  [/^http:\/\/www\.w3\.org\/XML\/1998\/namespace$/, 'xml'],
];
const shortNames = new Map<string, string | undefined>([['', '']]);

/** Undefined for a namespace that is no part of Office Open XML. */
export function shortName(uri: string): string | undefined {
  if (!shortNames.has(uri) && shortNames.size < 500) {
    shortNames.set(uri, SHORT.find(([pattern]) => pattern.test(uri))?.[1]);
  }
  return shortNames.get(uri);
}

const words = (text: string) => new Set(text.trim().split(/\s+/));

/** Marks of revision without content of the text. */
export const REVISION_MARKS = words(`
  w:rPrChange w:pPrChange w:sectPrChange w:tblPrChange w:tblGridChange w:trPrChange w:tcPrChange
  w:tblPrExChange w:numberingChange w:cellIns w:cellMerge
  w:moveFromRangeStart w:moveFromRangeEnd w:moveToRangeStart w:moveToRangeEnd
  w:customXmlInsRangeStart w:customXmlInsRangeEnd w:customXmlDelRangeStart w:customXmlDelRangeEnd
  w:customXmlMoveFromRangeStart w:customXmlMoveFromRangeEnd
  w:customXmlMoveToRangeStart w:customXmlMoveToRangeEnd`);
/** Their content stays: it was inserted or moved here, or is only marked. */
export const UNWRAPPED = words(`w:ins w:moveTo w:smartTag w:customXml`);

export const DROPPED = words(`
  w:commentRangeStart w:commentRangeEnd w:commentReference w:annotationRef w:proofErr w:permStart
  w:permEnd w:fldData w:entryMacro w:exitMacro w:dataBinding w:placeholder w:tag w:alias
  w:smartTagPr w:customXmlPr w:rsid w:nsid w:tmpl w:embedRegular w:embedBold w:embedItalic
  w:embedBoldItalic w:delText w:delInstrText w:objectEmbed w:objectLink w:control w:subDoc
  w:movie w:listItem w:helpText w:statusText w:altName c:pivotSource c:externalData mso:dataBinding mso:externalData o:OLEObject o:signatureline`);

/** What the settings may keep: how the text is laid out. */
export const SETTINGS = words(`
  w:settings w:defaultTabStop w:evenAndOddHeaders w:mirrorMargins w:footnotePr w:endnotePr
  w:compat w:characterSpacingControl w:themeFontLang w:clrSchemeMapping w:decimalSymbol
  w:listSeparator w:autoHyphenation w:consecutiveHyphenLimit w:hyphenationZone
  w:doNotHyphenateCaps w:bordersDoNotSurroundHeader w:bordersDoNotSurroundFooter
  w:gutterAtTop w:noPunctuationKerning w:noLineBreaksAfter w:noLineBreaksBefore
  w:displayBackgroundShape m:mathPr`);

/** Extensions of drawings that draw something. */
export const EXTENSIONS = new Set([
  '{96DAC541-7B7A-43D3-8B79-37D633B846F1}',
  '{28A0092B-C50C-407E-A947-70E740481C1C}',
  '{C183D7F6-B498-43B3-948B-1728B52AA6E4}',
]);
export const DIAGRAM_EXTENSION = 'http://schemas.microsoft.com/office/drawing/2008/diagram';

/** Attributes that identify a file, an edit, a person or a moment. */
export const IDENTIFIERS =
  /^(rsid\w*|paraId|paraIdParent|textId|durableId|anchorId|editId|storeItemID|gfxdata|fontKey)$/;
export const PERSONAL = /^(author|initials|date|dateUtc|userId|providerId|suggestedsigner\w*)$/;

/** An automatic name: `Picture 3`. Others tell what a file was called. */
const GENERIC = /^[\p{L} ]{0,40} ?\d{0,9}$/u;
export const isTelling = (name: string): boolean => !GENERIC.test(name);

const LOCAL = /^(file:|[a-z]:[\\/]|\\\\|\/\/|~?\/(home|users|mnt|tmp|var)\/)/i;
export const isLocalPath = (value: string): boolean => LOCAL.test(value.trim());
const FILE = /^[^\n]{0,200}\.(jpe?g|png|gif|tiff?|bmp|emf|wmf|svg|webp|heic|docx?|odt|pdf|xlsx?)$/i;
/** Of a text that should describe a picture: it names the file instead. */
export const namesFile = (text: string): boolean => isLocalPath(text) || FILE.test(text.trim());
