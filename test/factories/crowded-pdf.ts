import {
  PDFDict,
  PDFDocument,
  PDFName,
  PDFRawStream,
  PDFString,
  StandardFonts,
  PDFObject,
  type PDFRef,
} from '@cantoo/pdf-lib';
import { deflateSync } from 'node:zlib';
import { colourProfile } from './colour-profile.js';
import { jpeg, segment } from './images.js';
import type { Plant } from './telling-docx.js';
import { codestream, tellingJpeg2000 } from './telling-jpeg2000.js';

/**
 * One page with what programs leave beside it and in its pictures, in ways that differ from
 * `tellingPdf`; its objects packed into streams or not.
 */
export async function crowdedPdf(plant: Plant, packed: boolean): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const { context, catalog } = pdf;
  const page = pdf.addPage([300, 300]);
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  page.drawText('What is read stays.', { x: 20, y: 200, size: 12, font });
  await pdf.flush();
  const text = (place: string) => PDFString.of(plant(place));
  const set = (dict: PDFDict, name: string, value: unknown) => {
    const isObject = value instanceof PDFObject;
    dict.set(PDFName.of(name), isObject ? value : context.obj(value as never));
  };
  const stream = (contents: Buffer | string, more: object = {}): PDFRef =>
    context.register(context.stream(contents, more as never));
  const raw = (contents: Buffer, more: object): PDFRef =>
    context.register(
      PDFRawStream.of(
        context.obj({ ...more, Length: contents.length } as never) as unknown as PDFDict,
        contents,
      ),
    );
  const xmp = (place: string) =>
    stream(`<x:xmpmeta><dc:creator>${plant(place)}</dc:creator></x:xmpmeta>`, {
      Type: 'Metadata',
      Subtype: 'XML',
    });

  const file = (place: string) => ({
    Type: 'Filespec',
    UF: text(`${place} name`),
    EF: { F: stream(plant(place)) },
  });
  const grey = { Type: 'XObject', Subtype: 'Image', Width: 8, Height: 8, BitsPerComponent: 8 };
  const profile = raw(deflateSync(colourProfile(plant)), {
    N: 3,
    Filter: 'FlateDecode',
    Metadata: xmp('profile xmp'),
  });
  const photo = jpeg([segment(0xfe, plant('photo comment'))]);
  const wrapped = jpeg([segment(0xfe, plant('wrapped photo comment'))]);
  const pictures = {
    Photo: raw(photo, {
      ...grey,
      ColorSpace: 'DeviceGray',
      Filter: 'DCTDecode',
      Metadata: xmp('picture xmp'),
      OPI: { '2.0': { F: text('picture file') } },
      Measure: { R: text('measure') },
    }),
    Wrapped: raw(deflateSync(wrapped), {
      ...grey,
      ColorSpace: 'DeviceGray',
      Filter: ['FlateDecode', 'DCTDecode'],
      DecodeParms: [null, { ColorTransform: 0 }],
      SMask: raw(jpeg([segment(0xfe, plant('mask comment'))]), {
        ...grey,
        ColorSpace: 'DeviceGray',
        Filter: 'DCTDecode',
      }),
    }),
    Digits: raw(
      Buffer.from(`${jpeg([segment(0xed, plant('photo in digits'))]).toString('hex')}>`),
      { ...grey, ColorSpace: 'DeviceGray', Filter: ['ASCIIHexDecode', 'DCTDecode'] },
    ),
    Boxes: raw(
      tellingJpeg2000((place) => plant(`jpx ${place}`)),
      { ...grey, Width: 4, Height: 4, Filter: 'JPXDecode' },
    ),
    Code: raw(
      codestream((place) => plant(`code ${place}`)),
      { ...grey, Width: 4, Height: 4, ColorSpace: 'DeviceGray', Filter: ['JPXDecode'] },
    ),
    Colours: raw(deflateSync(Buffer.alloc(192)), {
      ...grey,
      ColorSpace: ['ICCBased', profile],
      Filter: 'FlateDecode',
    }),
    Form: stream('', {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, 9, 9],
      Metadata: xmp('form xmp'),
      PieceInfo: { App: { Private: text('form piece info') } },
      Ref: { F: text('form reference') },
      LastModified: text('form date'),
    }),
  };
  const layer = context.register(
    context.obj({
      Type: 'OCG',
      Name: text('layer name'),
      Usage: { CreatorInfo: { Creator: text('layer creator') } },
    } as never),
  );
  const resources = page.node.Resources()!;
  set(resources, 'XObject', pictures);
  set(resources, 'Properties', { Shown: layer, Cut: { Private: text('marked content') } });
  set(page.node, 'Metadata', xmp('page xmp'));
  set(page.node, 'PieceInfo', { Illustrator: { Private: stream(plant('page piece info')) } });
  set(page.node, 'Thumb', stream(plant('thumbnail'), { Width: 1, Height: 1 }));
  set(page.node, 'AF', context.obj([file('page file')] as never));
  set(page.node, 'ID', text('web capture'));
  set(
    page.node,
    'Annots',
    context.obj(
      [
        {
          Subtype: 'Highlight',
          T: text('highlight by'),
          Contents: text('highlight'),
          NM: text('highlight id'),
          RC: text('highlight in rich text'),
          Subj: text('highlight subject'),
        },
        { Subtype: 'Popup', Contents: text('popup') },
        {
          Subtype: 'Stamp',
          T: text('stamp by'),
          AP: { N: stream(plant('stamp'), { BBox: [0, 0, 9, 9] }) },
        },
        { Subtype: 'Redact', T: text('redaction by'), OverlayText: text('redaction') },
        { Subtype: 'Sound', T: text('sound by'), Sound: stream(plant('sound')) },
        {
          Subtype: 'Widget',
          FT: 'Sig',
          F: 2,
          T: text('signature field'),
          TU: text('signature hint'),
          V: {
            Type: 'Sig',
            Name: text('signer'),
            Reason: text('reason'),
            Location: text('place'),
            ContactInfo: text('contact'),
            Contents: text('certificate'),
          },
        },
      ].map((each) => ({ Type: 'Annot', Rect: [0, 0, 9, 9], ...each })) as never,
    ),
  );
  const field = (place: string) => ({ FT: 'Tx', T: text(place) });
  set(catalog, 'AcroForm', {
    Fields: [field('form field')],
    XFA: [text('xfa name'), stream(`<xdp>${plant('xfa')}</xdp>`)],
  });
  set(catalog, 'OCProperties', {
    OCGs: [layer],
    D: { Name: text('layers name'), Creator: text('layers creator'), ON: [layer] },
  });
  set(catalog, 'Outlines', {
    First: context.register(context.obj({ Title: text('bookmark') } as never)),
    Count: 1,
  });
  set(catalog, 'Threads', [{ I: { Author: text('thread author') } }]);
  set(catalog, 'OutputIntents', [
    { S: 'GTS_PDFA1', OutputConditionIdentifier: text('output intent') },
  ]);
  set(catalog, 'SpiderInfo', { C: [{ URL: text('captured page') }] });
  set(catalog, 'URI', { Base: text('base address') });
  set(catalog, 'Perms', { UR3: { Name: text('usage rights') } });
  set(catalog, 'PieceInfo', { App: { Private: text('piece info') } });
  set(catalog, 'PageLabels', { Nums: [0, { P: text('page label') }] });
  set(catalog, 'Metadata', xmp('xmp'));
  await pdf.attach(Buffer.from(plant('attachment')), plant('attachment name'), {
    description: plant('attachment description'),
  });
  pdf.setAuthor(plant('info author'));
  pdf.setTitle(plant('info title'));
  pdf.setSubject(plant('info subject'));
  pdf.setKeywords([plant('info keywords')]);
  pdf.setCreator(plant('info creator'));
  return Buffer.from(await pdf.save({ useObjectStreams: packed }));
}
