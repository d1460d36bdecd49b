import { FormatRefused } from './format-refused.js';
import type { Line } from './marked-lines.js';
import { linesOfPages, type PlacedPage, type PlacedText } from './pdf-lines.js';
import { MOST_TEXT } from './read-text.js';

type Pdf = typeof import('pdfjs-dist/legacy/build/pdf.mjs');
type PdfPage = Awaited<ReturnType<Awaited<ReturnType<Pdf['getDocument']>['promise']>['getPage']>>;

/** Twenty times the longest report. */
const MOST_PAGES = 3_000;
/** A scan that was stamped on each page has some words, but not those of the document. */
const WORDS_A_PAGE = 5;
/** The end of a PDF says where its table is; a little may stand behind it. */
const TAIL = 2_048;

/** Loaded when the first PDF comes: it takes more memory than all else that reads files. */
const library = (): Promise<Pdf> => import('pdfjs-dist/legacy/build/pdf.mjs');

/**
 * The lines of a PDF, page by page. No font is loaded, no page drawn and no code of the file run.
 *
 * @throws FormatRefused damaged-file, encrypted-file, no-text-layer, text-too-long or
 *   document-too-complex
 */
export async function readPdf(bytes: Buffer): Promise<Line[]> {
  const tail = bytes.subarray(-TAIL).toString('latin1');
  if (!tail.includes('startxref') || !tail.includes('%%EOF')) {
    throw new FormatRefused('damaged-file', { reason: 'it breaks off' });
  }
  const { getDocument } = await library();
  const loading = getDocument({
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    enableXfa: false,
    verbosity: 0,
  });
  try {
    const pdf = await loading.promise;
    const { info } = await pdf.getMetadata();
    if ((info as { EncryptFilterName?: unknown }).EncryptFilterName) {
      throw new FormatRefused('encrypted-file', { found: 'application/pdf' });
    }
    if (pdf.numPages > MOST_PAGES) {
      throw new FormatRefused('document-too-complex', { pages: pdf.numPages, allowed: MOST_PAGES });
    }
    const pages: PlacedPage[] = [];
    for (let n = 1, length = 0; n <= pdf.numPages; n++) {
      const page = await pdf.getPage(n);
      const placed = await textsOf(page);
      length = placed.texts.reduce((sum, { text }) => sum + text.length, length);
      if (length > MOST_TEXT) throw new FormatRefused('text-too-long', { allowed: MOST_TEXT });
      pages.push(placed);
      page.cleanup();
    }
    const lines = linesOfPages(pages);
    assertTextLayer(lines, pdf.numPages);
    return lines;
  } catch (error) {
    throw asRefusal(error);
  } finally {
    await loading.destroy();
  }
}

async function textsOf(page: PdfPage): Promise<PlacedPage> {
  const [, bottom = 0, , top = 0] = page.view;
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const texts: PlacedText[] = [];
  const marks: boolean[] = [];
  for (const item of items) {
    if (!('str' in item)) {
      if (item.type === 'endMarkedContent') marks.pop();
      else marks.push('tag' in item && item.tag === 'Artifact');
      continue;
    }
    const text = item.str.trim();
    if (text === '') continue;
    const [, , c = 0, d = 0, x = 0, y = 0] = item.transform as number[];
    const size = Math.hypot(c, d) || 1;
    texts.push({ text, x, y, width: item.width, size, artifact: marks.includes(true) });
  }
  return { bottom, top, texts };
}

function assertTextLayer(lines: readonly Line[], pages: number): void {
  const words = lines.reduce(
    (sum, { text }) => sum + (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0),
    0,
  );
  const needed = pages === 1 ? 1 : pages * WORDS_A_PAGE;
  if (words < needed) throw new FormatRefused('no-text-layer', { pages, words });
}

function asRefusal(error: unknown): unknown {
  if (error instanceof FormatRefused || !(error instanceof Error)) return error;
  if (error.name === 'PasswordException') {
    return new FormatRefused('encrypted-file', { found: 'application/pdf' });
  }
  return new FormatRefused('damaged-file', { reason: error.message.slice(0, 200) });
}
