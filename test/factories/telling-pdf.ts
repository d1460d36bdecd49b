import { PDFDocument, PDFName, PDFString, StandardFonts } from '@cantoo/pdf-lib';
import { exif, jpeg, segment } from './images.js';
import type { Plant } from './telling-docx.js';

/** Every place of a PDF in which something is told beside its pages; and an earlier version. */
export async function tellingPdf(plant: Plant): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const { context, catalog } = pdf;
  const page = pdf.addPage([300, 300]);
  const other = pdf.addPage([300, 300]);
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  page.drawText('What is read stays.', { x: 20, y: 200, size: 12, font });
  other.drawText('Second page.', { x: 20, y: 200, size: 12, font });
  const image = await pdf.embedJpg(
    jpeg([
      segment(
        0xe1,
        exif(
          { 0x013b: plant('picture artist') },
          {},
          { 1: 'S', 2: [46, 3, 0], 3: 'W', 4: [14, 30, 0] },
        ),
      ),
    ]),
  );
  page.drawImage(image, { x: 20, y: 20, width: 50, height: 50 });
  await pdf.flush();
  const text = (place: string) => PDFString.of(plant(place));
  const metadata = (place: string) =>
    context.register(
      context.stream(`<dc:creator>${plant(place)}</dc:creator>`, { Type: 'Metadata' }),
    );
  const set = (dict: { set(key: PDFName, value: never): void }, name: string, value: unknown) =>
    dict.set(PDFName.of(name), value as never);
  const stream = context.lookup(image.ref) as unknown as { dict: typeof page.node };
  set(stream.dict, 'Metadata', metadata('picture metadata'));
  set(page.node, 'Metadata', metadata('page metadata'));
  set(page.node, 'PieceInfo', context.obj({ App: { Private: text('piece info') } }));
  set(
    page.node,
    'Thumb',
    context.register(context.stream(plant('thumbnail'), { Width: 1, Height: 1 })),
  );
  set(page.node, 'AA', context.obj({ O: { S: 'JavaScript', JS: text('page script') } }));
  const look = context.register(
    context.stream('BT /F 10 Tf 2 5 Td (Filled in) Tj ET', {
      BBox: [0, 0, 100, 20],
      Resources: { Font: { F: font.ref } },
    }),
  );
  const annotation = (kind: string, more: object) =>
    context.register(
      context.obj({ Type: 'Annot', Subtype: kind, Rect: [10, 10, 110, 30], ...more } as never),
    );
  const annotations = [
    annotation('Text', { T: text('comment by'), Contents: text('comment') }),
    annotation('FileAttachment', { Contents: text('attachment') }),
    annotation('Link', { A: { S: 'URI', URI: PDFString.of('https://www.ohchr.org/') } }),
    annotation('Link', { A: { S: 'Launch', F: text('launched file') } }),
    annotation('Link', { A: { S: 'URI', URI: PDFString.of(`file:///C:/${plant('local link')}`) } }),
    annotation('Link', { Dest: [other.ref, 'Fit'] }),
    annotation('Widget', {
      FT: 'Tx',
      T: text('field name'),
      V: PDFString.of('Filled in'),
      AP: { N: look },
    }),
  ];
  set(page.node, 'Annots', context.obj(annotations));
  await pdf.attach(Buffer.from(plant('embedded file')), plant('embedded name'));
  pdf.addJavaScript(plant('script name'), plant('script'));
  pdf.setAuthor(plant('author'));
  pdf.setProducer(plant('producer'));
  set(pdf.context.lookup(context.trailerInfo.Info) as never, 'Office', text('own property'));
  set(catalog, 'Metadata', metadata('metadata'));
  set(catalog, 'OpenAction', context.obj({ S: 'JavaScript', JS: text('opening script') }));
  set(
    catalog,
    'StructTreeRoot',
    context.obj({ K: { A: { O: 'UserProperties', P: [{ V: text('structure author') }] } } }),
  );
  context.register(text('unreachable'));
  const before = context.register(text('earlier version'));
  context.trailerInfo.ID = context.obj([text('id'), text('id again')]);
  const first = Buffer.from(await pdf.save({ useObjectStreams: false }));
  // Saved once more by appending, as programs do: the object has another value now.
  const from = first.lastIndexOf('startxref');
  const at = first.length + 1;
  const object = `${before.objectNumber} 0 obj\n(now)\nendobj\n`;
  return Buffer.concat([
    first,
    Buffer.from(
      `\n${object}xref\n${before.objectNumber} 1\n${String(at).padStart(10, '0')} 00000 n \n` +
        `trailer\n<</Size ${context.largestObjectNumber + 1} /Root ${context.trailerInfo.Root!.toString()} ` +
        `/Prev ${first.toString('latin1', from + 10).split('\n')[0]} /Info ${context.trailerInfo.Info!.toString()} /ID ${context.trailerInfo.ID.toString()}>>\n` +
        `startxref\n${at + object.length}\n%%EOF\n`,
    ),
  ]);
}
