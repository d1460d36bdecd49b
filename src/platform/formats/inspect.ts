import { countWords, type WordCount } from './count-words.js';
import { findLanguage } from './find-language.js';
import type { Finding } from './finding.js';
import { FORMATS, type Format } from './format.js';
import { FormatRefused } from './format-refused.js';
import type { Line } from './marked-lines.js';
import { readDocx } from './read-docx.js';
import { readOdt } from './read-odt.js';
import { readPdf } from './read-pdf.js';
import { assertText, decode, linesOfText } from './read-text.js';
import { scrub } from './scrub.js';
import { formatOfPackage, sniff } from './sniff.js';
import { readZip } from './zip.js';

/** All that is to be known of a file that is handed in. */
export interface Inspected extends WordCount {
  readonly format: Format;
  /** The words of what others get, for a search: what was hidden or taken out is not found. */
  readonly text: string;
  /** The language that it is in, where there is enough of it to say. */
  readonly language: string | null;
  readonly found: readonly Finding[];
  /** What others get; null where that is the file as it is. */
  readonly copy: Uint8Array<ArrayBuffer> | null;
}

/**
 * Looks a file through: what it is, its words, its language, what it tells beside them, and a
 * copy without that. Everything here may be asked to read anything, so it runs in a thread of
 * its own (`Inspector`).
 *
 * @param declared the media type under which it was sent
 * @throws FormatRefused
 */
export async function inspect(bytes: Buffer, declared: string): Promise<Inspected> {
  const { format, lines } = await read(bytes, declared);
  const counted = countWords(lines);
  if (counted.total === 0 && format !== 'text') throw new FormatRefused('empty-file');
  const language = findLanguage(counted.text);
  const scrubbed = await scrub(format, bytes);
  const { found } = scrubbed;
  if (scrubbed.bytes.equals(bytes)) return { format, ...counted, language, found, copy: null };
  const { text } = countWords((await read(scrubbed.bytes, FORMATS[format])).lines);
  return { format, ...counted, text, language, found, copy: new Uint8Array(scrubbed.bytes) };
}

async function read(
  bytes: Buffer,
  declared: string,
): Promise<{ format: Format; lines: readonly Line[] }> {
  const container = sniff(bytes, declared);
  if (container === 'text') {
    assertText(bytes);
    return { format: 'text', lines: linesOfText(decode(bytes)) };
  }
  if (container === 'pdf') {
    const { assertNoBomb, assertPassive } = await import('./check-pdf.js');
    assertNoBomb(bytes);
    const lines = await readPdf(bytes);
    await assertPassive(bytes);
    return { format: 'pdf', lines };
  }
  const entries = await readZip(bytes);
  const format = formatOfPackage(entries, declared);
  return { format, lines: format === 'odt' ? readOdt(entries) : readDocx(entries) };
}
