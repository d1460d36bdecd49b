const ZIP = 'application/zip';
const OLE = 'application/x-ole-storage';
const RTF = 'application/rtf';
const PE = 'application/vnd.microsoft.portable-executable';
const ELF = 'application/x-elf';
const MACH = 'application/x-mach-binary';
const OFFICE = 'application/vnd.openxmlformats-officedocument.';

/** Types that are refused, as far as something else than their refusal depends on them. */
export const FOREIGN = {
  zip: ZIP,
  ole: OLE,
  rtf: RTF,
  xlsx: `${OFFICE}spreadsheetml.sheet`,
  pptx: `${OFFICE}presentationml.presentation`,
  executables: new Set([PE, ELF, MACH]),
};

const DOS = 'MZ';

/** The first bytes, as Latin-1, of what people send instead of text or might smuggle. */
const binaries: readonly (readonly [start: string, type: string])[] = [
  ['PK\x03\x04', ZIP],
  ['PK\x05\x06', ZIP],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', OLE],
  ['\x7fELF', ELF],
  [DOS, PE],
  ['\xfe\xed\xfa\xce', MACH],
  ['\xfe\xed\xfa\xcf', MACH],
  ['\xce\xfa\xed\xfe', MACH],
  ['\xcf\xfa\xed\xfe', MACH],
  ['\xca\xfe\xba\xbe', MACH],
  ['\x1f\x8b', 'application/gzip'],
  ['Rar!\x1a\x07', 'application/vnd.rar'],
  ['7z\xbc\xaf\x27\x1c', 'application/x-7z-compressed'],
  ['BZh9', 'application/x-bzip2'],
  ['\xfd7zXZ\0', 'application/x-xz'],
  ['\x89PNG\r\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['II*\0', 'image/tiff'],
  ['MM\0*', 'image/tiff'],
];

/** Formats that begin with readable characters, in lower case, whatever space stands before. */
const markups: readonly (readonly [start: string, type: string])[] = [
  ['%pdf-', 'application/pdf'],
  ['{\\rtf', RTF],
  ['<!doctype html', 'text/html'],
  ['<html', 'text/html'],
  ['<?xml', 'application/xml'],
];

/** Formats that say what they are further on: a container's brand, at an offset. */
function branded(head: string): string | undefined {
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp';
  if (head.slice(4, 8) !== 'ftyp') return undefined;
  return /^(?:heic|heix|mif1|avif)/.test(head.slice(8, 12)) ? 'image/heif' : 'video/mp4';
}

/** What a file is, if it is something else than text; by its first bytes. */
export function foreignType(bytes: Uint8Array): string | undefined {
  const { buffer, byteOffset, byteLength } = bytes;
  const start = Buffer.from(buffer, byteOffset, Math.min(byteLength, 4096)).toString('latin1');
  const head = start.replace(/^\xef\xbb\xbf/, '');
  const readable = head.trimStart().slice(0, 32).toLowerCase();
  const [signature, type] =
    binaries.find(([first]) => head.startsWith(first)) ??
    markups.find(([first]) => readable.startsWith(first)) ??
    [];
  // A text, too, may begin with these two letters; a program has zeros right behind them.
  if (signature === DOS && !head.slice(0, 128).includes('\0')) return undefined;
  return type ?? branded(head);
}
