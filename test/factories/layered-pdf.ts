import { PDFDocument, PDFName, PDFString, StandardFonts, type PDFRef } from '@cantoo/pdf-lib';

export interface Layers {
  /** The layers by name; each draws its name. */
  readonly names: readonly string[];
  /** Of the default configuration, given the layers. */
  readonly shown: (layers: readonly PDFRef[]) => object;
  /** What each layer says of its use. */
  readonly usage?: object;
  /** Draws by this membership rather than by the layer itself. */
  readonly membership?: (layers: readonly PDFRef[]) => object;
}

/** A page on which a line is always shown, and one by each layer. */
export async function layeredPdf({ names, shown, usage, membership }: Layers): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const { context, catalog } = pdf;
  const register = (object: object) => context.register(context.obj(object as never));
  const page = pdf.addPage([300, 300]);
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  page.drawText('Always.', { x: 20, y: 250, size: 12, font });
  await pdf.flush();
  const layers = names.map((name) =>
    register({ Type: 'OCG', Name: PDFString.of(name), ...(usage && { Usage: usage }) }),
  );
  const properties = membership ? [register(membership(layers))] : layers;
  const resources = page.node.Resources()!;
  resources.set(PDFName.of('Font'), context.obj({ F: font.ref }));
  resources.set(
    PDFName.of('Properties'),
    context.obj(Object.fromEntries(properties.map((ref, at) => [`L${at}`, ref]))),
  );
  const drawn = properties.map(
    (_, at) => `/OC /L${at} BDC BT /F 12 Tf 20 ${200 - 20 * at} Td (${names[at]!} line.) Tj ET EMC`,
  );
  const [start, end] = [context.stream('q\n'), context.stream(`\nQ\n${drawn.join('\n')}\n`)];
  page.node.wrapContentStreams(context.register(start), context.register(end));
  catalog.set(
    PDFName.of('OCProperties'),
    context.obj({ OCGs: layers, D: context.obj(shown(layers) as never) }),
  );
  return Buffer.from(await pdf.save());
}
