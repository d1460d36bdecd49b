import { PDFDocument, PDFName, PDFString, StandardFonts, type PDFFont } from '@cantoo/pdf-lib';

const A4: [number, number] = [595, 842];
const SIZE = 10;
const LEADING = 12;
const LEFT = 60;

/** A line of a page; `raised` at its end is set as the mark of a note. */
interface PdfLine {
  readonly text: string;
  readonly raised?: string;
  readonly size?: number;
}

interface PdfPage {
  readonly header?: string;
  /** Lines of the body; an empty one leaves a gap. */
  readonly lines: readonly (string | PdfLine)[];
  /** At the foot of the page, each with its mark, raised. */
  readonly notes?: readonly (readonly [mark: string, text: string])[];
  readonly footer?: string;
}

interface PdfOptions {
  readonly author?: string;
  /** Finishes the document by hand before it is written. */
  readonly finish?: (document: PDFDocument) => void | Promise<void>;
}

/** The bytes of a PDF with these pages, in letters of Western Europe. */
export async function pdf(pages: readonly PdfPage[], options: PdfOptions = {}): Promise<Buffer> {
  const document = await PDFDocument.create();
  if (options.author !== undefined) document.setAuthor(options.author);
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const page of pages) draw(document, font, page);
  await options.finish?.(document);
  return Buffer.from(await document.save());
}

function draw(
  document: PDFDocument,
  font: PDFFont,
  { header, lines, notes = [], footer }: PdfPage,
) {
  const page = document.addPage(A4);
  const put = (text: string, x: number, y: number, size: number) =>
    page.drawText(text, { x, y, size, font });
  if (header !== undefined) put(header, LEFT, 800, 8);
  let y = 760;
  for (const line of lines) {
    const { text, raised, size = SIZE } = typeof line === 'string' ? { text: line } : line;
    if (text !== '') put(text, LEFT, y, size);
    if (raised !== undefined) put(raised, LEFT + font.widthOfTextAtSize(text, size), y + 4, 6);
    y -= LEADING;
  }
  let foot = 80 + notes.length * LEADING;
  for (const [mark, text] of notes) {
    put(mark, LEFT, foot + 3, 5);
    put(text, LEFT + 6, foot, 8);
    foot -= LEADING;
  }
  if (footer !== undefined) put(footer, 290, 30, 8);
}

/** A document whose opening runs a script. */
export const scripted = (document: PDFDocument): void => {
  const action = document.context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert(1)') });
  document.catalog.set(PDFName.of('OpenAction'), document.context.register(action));
};

/** A document whose opening starts a program. */
export const launching = (document: PDFDocument): void => {
  const action = document.context.obj({ S: 'Launch', F: PDFString.of('calc.exe') });
  document.catalog.set(PDFName.of('OpenAction'), document.context.register(action));
};

/** A PDF whose only content stream was replaced by appending to the file. */
export async function amendedPdf(before: string, after: string): Promise<Buffer> {
  const document = await PDFDocument.create();
  const { context } = document;
  const page = document.addPage([300, 300]);
  const font = await document.embedFont('Helvetica');
  await document.flush();
  page.node.setFontDictionary(PDFName.of('F'), font.ref);
  const drawn = (text: string) => `BT /F 12 Tf 20 200 Td (${text}) Tj ET`;
  const content = context.register(context.stream(drawn(before)));
  page.node.set(PDFName.of('Contents'), content);
  const first = Buffer.from(await document.save({ useObjectStreams: false }));
  const previous = first.toString('latin1', first.lastIndexOf('startxref') + 10).split('\n')[0];
  const at = first.length + 1;
  const object = `${content.objectNumber} 0 obj\n<</Length ${drawn(after).length}>>\nstream\n${drawn(after)}\nendstream\nendobj\n`;
  return Buffer.concat([
    first,
    Buffer.from(
      `\n${object}xref\n${content.objectNumber} 1\n${String(at).padStart(10, '0')} 00000 n \n` +
        `trailer\n<</Size ${context.largestObjectNumber + 1} /Root ${context.trailerInfo.Root!.toString()} /Prev ${previous}>>\n` +
        `startxref\n${at + object.length}\n%%EOF\n`,
    ),
  ]);
}
