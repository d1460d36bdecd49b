import * as bitmaps from './telling-bitmaps.js';
import type { Plant } from './telling-docx.js';
import * as metafiles from './telling-metafiles.js';
import { tellingSvg } from './telling-svg.js';
import { photographedTiff, tellingTiff } from './telling-tiff.js';

/** Pictures of every kind that a document may hold, each with a word wherever one can stand. */
export const TELLING_PICTURES: Readonly<Record<string, (plant: Plant) => Buffer>> = {
  png: bitmaps.tellingPng,
  jpeg: bitmaps.tellingJpeg,
  gif: bitmaps.tellingGif,
  webp: bitmaps.tellingWebp,
  'moving webp': bitmaps.movingWebp,
  bmp: bitmaps.tellingBmp,
  'packed bmp': bitmaps.packedBmp,
  tiff: tellingTiff,
  'big-endian tiff': (plant) => tellingTiff(plant, false),
  'photographed tiff': photographedTiff,
  emf: metafiles.tellingEmf,
  'emf+': metafiles.plusEmf,
  wmf: metafiles.tellingWmf,
  svm: metafiles.tellingSvm,
  svg: tellingSvg,
};
