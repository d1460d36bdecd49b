import { FORMATS, type Format } from './format.js';

/** Of the sheets that go out to be filled in. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The media types in which documents are handed in and come back. */
export const MEDIA_TYPES: readonly string[] = Object.values(FORMATS);

const EXTENSIONS: Readonly<Record<Format, string>> = {
  text: 'txt',
  docx: 'docx',
  odt: 'odt',
  pdf: 'pdf',
};

const formatOf = (mediaType: string): Format =>
  (Object.keys(FORMATS) as Format[]).find((format) => FORMATS[format] === mediaType) ?? 'text';

/** How a file of this type goes out: its content type, and how its name ends. */
export const sentAs = (mediaType: string): { mediaType: string; extension: string } => ({
  mediaType: mediaType === FORMATS.text ? `${mediaType}; charset=utf-8` : mediaType,
  extension: EXTENSIONS[formatOf(mediaType)],
});
