/** What a file tells beside its content. Each kind has its label in the vocabularies. */
export const FINDINGS = [
  'author',
  'revision',
  'comment',
  'property',
  'image-metadata',
  'location',
  'thumbnail',
  'embedded-file',
  'hidden-text',
  'script',
  'identifier',
] as const;

/** One thing found, as its filer is shown it before handing in. */
export interface Finding {
  readonly what: (typeof FINDINGS)[number];
  /** The part of the file: `docProps/core.xml`, `page 3`. */
  readonly where: string;
  /** As it stands there, shortened: a name, a place, a date; null where it is no short text. */
  readonly value: string | null;
}
