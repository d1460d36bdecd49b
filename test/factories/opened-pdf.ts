import { decodePDFRawStream, PDFArray, PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** The text of each page as a reader shows it, and where its links lead. */
export async function read(bytes: Buffer): Promise<{ text: string[]; links: unknown[] }> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: true });
  const pdf = await task.promise;
  const [text, links]: [string[], unknown[]] = [[], []];
  for (let n = 1; n <= pdf.numPages; n += 1) {
    const page = await pdf.getPage(n);
    const { items } = await page.getTextContent();
    text.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
    for (const { subtype, url, dest } of await page.getAnnotations()) {
      links.push({ subtype, leads: (url as string | undefined) ?? typeof dest });
    }
  }
  await task.destroy();
  return { text, links };
}

/** Strings in UTF-16 and in hexadecimal digits as they are read. */
const plain = (object: string): string =>
  object.replaceAll(/<FEFF([0-9A-F]+)>/g, (_, digits: string) =>
    Buffer.from(digits, 'hex').toString('latin1').replaceAll('\0', ''),
  );

/** A stream as it is when unpacked, as far as its filters are not those of photographs. */
function contentOf(stream: PDFRawStream): Buffer {
  const [FILTER, SETTINGS] = [PDFName.of('Filter'), PDFName.of('DecodeParms')];
  const filter = stream.dict.lookup(FILTER);
  const filters = filter instanceof PDFArray ? filter.asArray() : filter ? [filter] : [];
  const known = filters.filter((each) => !/DCT|JPX/.test(each.toString()));
  const dict = stream.dict.clone();
  dict.delete(SETTINGS);
  dict.set(FILTER, dict.context.obj(known as never));
  return Buffer.from(decodePDFRawStream(PDFRawStream.of(dict, stream.contents)).decode());
}

/** Every object as it can be read, and every stream unpacked. */
export async function unpacked(bytes: Buffer): Promise<Buffer[]> {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false });
  return context
    .enumerateIndirectObjects()
    .flatMap(([, object]) =>
      object instanceof PDFRawStream
        ? [Buffer.from(plain(object.dict.toString())), contentOf(object)]
        : [Buffer.from(plain(object.toString()))],
    );
}
