/** The formats in which documents are handed in, by their media types. */
export const FORMATS = {
  text: 'text/plain',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  odt: 'application/vnd.oasis.opendocument.text',
  pdf: 'application/pdf',
} as const;

export type Format = keyof typeof FORMATS;
