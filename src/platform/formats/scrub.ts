import type { Finding } from './finding.js';
import type { Format } from './format.js';
import { scrubDocx } from './scrub-docx.js';
import { scrubOdt } from './scrub-odt.js';

interface Scrubbed {
  readonly bytes: Buffer;
  readonly found: Finding[];
}

const SCRUBS: Readonly<Record<Format, (bytes: Buffer) => Promise<Scrubbed>>> = {
  // Plain text is what is read, and nothing else.
  text: (bytes) => Promise.resolve({ bytes, found: [] }),
  docx: scrubDocx,
  odt: scrubOdt,
  // Its library is large: a thread that sees no PDF does without.
  pdf: async (bytes) => (await import('./scrub-pdf.js')).scrubPdf(bytes),
};

/**
 * A copy that reads the same, without what the file tells of people, places and earlier
 * wordings; and what that was. A copy of a copy finds nothing more.
 *
 * @throws FormatRefused damaged-file, encrypted-file, zip-bomb; unscrubbable with the part and
 *   what would mend it
 */
export const scrub = (format: Format, bytes: Buffer): Promise<Scrubbed> => SCRUBS[format](bytes);
