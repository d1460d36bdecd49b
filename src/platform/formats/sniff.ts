import { FORMATS, type Format } from './format.js';
import { FormatRefused } from './format-refused.js';
import { FOREIGN, foreignType } from './signatures.js';

/** What a file can be by its first bytes; which kind of package, its entries say. */
type Container = 'text' | 'pdf' | 'package';

/** A type that declares nothing. */
const UNDECLARED = 'application/octet-stream';

/** "EncryptedPackage" and "WordDocument" as names in an OLE storage are written. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
const WORD = Buffer.from('WordDocument', 'utf16le');

const unsupported = (found: string): FormatRefused =>
  new FormatRefused('unsupported-type', { found });

/** Whether the type under which a file was sent is that of another format than text. */
const declaresOther = (declared: string): boolean =>
  declared !== UNDECLARED && declared !== FORMATS.text;

/**
 * What a file is, by its bytes and not by what anybody calls them.
 *
 * @param declared the media type under which it was sent
 * @throws FormatRefused empty-file; executable-file, image-file, old-format, encrypted-file or
 *   unsupported-type with what was found; type-differs where what was found is taken, but is
 *   something else than was declared
 */
export function sniff(bytes: Buffer, declared: string = UNDECLARED): Container {
  if (bytes.length === 0) throw new FormatRefused('empty-file');
  const found = foreignType(bytes);
  if (found === FOREIGN.zip) return 'package';
  if (found === FORMATS.pdf) {
    assertDeclared('pdf', declared);
    return 'pdf';
  }
  if (found !== undefined) throw refusalOf(found, bytes);
  if (declaresOther(declared) && bytes.subarray(0, 2).toString('latin1') === '#!') {
    throw new FormatRefused('executable-file', { found: 'text/x-shellscript', declared });
  }
  assertDeclared('text', declared, bytes.includes(0) ? UNDECLARED : FORMATS.text);
  return 'text';
}

function refusalOf(found: string, bytes: Buffer): FormatRefused {
  if (FOREIGN.executables.has(found)) return new FormatRefused('executable-file', { found });
  if (found.startsWith('image/')) return new FormatRefused('image-file', { found });
  if (found === FOREIGN.rtf) return new FormatRefused('old-format', { found, saveAs: 'docx' });
  if (found !== FOREIGN.ole) return unsupported(found);
  if (bytes.includes(ENCRYPTED))
    return new FormatRefused('encrypted-file', { found: FORMATS.docx });
  const word = bytes.includes(WORD);
  return word
    ? new FormatRefused('old-format', { found: 'application/msword', saveAs: 'docx' })
    : unsupported(found);
}

/** @throws FormatRefused type-differs, where it was sent as another format than it is */
function assertDeclared(format: Format, declared: string, found = FORMATS[format] as string) {
  if (declared !== UNDECLARED && declared !== FORMATS[format]) {
    throw new FormatRefused('type-differs', { declared, found });
  }
}

const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument.';
const MACROS = /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml)$|^word\/activeX\//i;
const BASIC = /^(?:Basic|Scripts)\/./;

/**
 * Which of the formats a package is, by its entries.
 *
 * @throws FormatRefused unsupported-type, encrypted-file or active-content, with what was found
 */
export function formatOfPackage(entries: ReadonlyMap<string, Buffer>, declared?: string): Format {
  const format = packageFormat(entries);
  if (declared !== undefined) assertDeclared(format, declared);
  for (const part of entries.keys()) {
    if ((format === 'docx' ? MACROS : BASIC).test(part)) {
      throw new FormatRefused('active-content', { part });
    }
  }
  return format;
}

function packageFormat(entries: ReadonlyMap<string, Buffer>): Format {
  const mimetype = entries.get('mimetype')?.subarray(0, 200).toString('latin1').trim();
  if (mimetype === FORMATS.odt) {
    const manifest = entries.get('META-INF/manifest.xml');
    if (manifest?.includes('encryption-data')) {
      throw new FormatRefused('encrypted-file', { found: FORMATS.odt });
    }
    return 'odt';
  }
  if (mimetype?.startsWith(OPEN_DOCUMENT)) throw unsupported(mimetype);
  const types = entries.get('[Content_Types].xml')?.toString('latin1') ?? '';
  if (/vnd\.ms-word\.(?:document|template)\.macroEnabled/i.test(types)) {
    throw new FormatRefused('active-content', { part: '[Content_Types].xml' });
  }
  if (/wordprocessingml\.(?:document|template)\.main\+xml/.test(types)) return 'docx';
  if (types.includes('spreadsheetml')) throw unsupported(FOREIGN.xlsx);
  if (types.includes('presentationml')) throw unsupported(FOREIGN.pptx);
  throw unsupported(mimetype === undefined ? FOREIGN.zip : mimetype.replaceAll(/[^\w./+-]/g, ''));
}
