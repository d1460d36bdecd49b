import { z } from 'zod';
import { readFolder } from '../../config/read-folder.js';

const text = z.string().trim().min(1);

const composed = z.strictObject({
  text,
  /** A particular without which there is no such paragraph. */
  when: text.optional(),
  /** Documents that are named under it, with their symbols. */
  items: z.array(z.strictObject({ document: text, text })).default([]),
});

const section = z.strictObject({
  section: text,
  heading: text.optional(),
  level: z.int().min(1).max(3).default(1),
  composed: z.array(composed).default([]),
  /** Where paragraphs by hand stand: none are written in a section without it. */
  written: z.enum(['before', 'after']).optional(),
  /** Recommendations by how they were answered in the room, each group under a paragraph. */
  groups: z
    .array(z.strictObject({ group: z.enum(['supported', 'pending', 'noted']), lead: text }))
    .default([]),
  /** Above the voluntary pledges, should there be any. */
  pledges: text.optional(),
  /** The State's answers of one kind, by label. */
  answers: z
    .strictObject({ group: z.enum(['supported', 'noted']), lead: text, entry: text })
    .optional(),
});

const documentLayout = z.strictObject({
  kind: text,
  title: text,
  subtitle: text,
  /** `desk`: that of the writer's side. */
  compartment: text,
  /** Roles. */
  writers: z.array(text).min(1),
  readers: z.array(text).min(1),
  /** The role whose States are printed as the troika. */
  troika: text.optional(),
  /** How recommending States are printed: `(France) (Spain)` or `(France, Spain)`. */
  recommenders: z.enum(['apart', 'together']),
  /** Particulars that the writers fill in. */
  asks: z.array(text),
  sections: z.array(section).min(1),
  annex: z.strictObject({ section: text, heading: text }).optional(),
});

const file = z.strictObject({
  mechanism: text,
  masthead: z.array(text),
  documents: z.array(documentLayout).min(1),
});

export type SectionLayout = z.infer<typeof section>;
/** How one composed document is laid out. */
export type DocumentLayout = z.infer<typeof documentLayout>;
/** The composed documents of a mechanism. */
export type Layout = z.infer<typeof file>;

/**
 * Reads the layouts, a file for each mechanism.
 *
 * @throws StartRefused for a file that is none
 */
export const loadLayouts = (folder: string): Layout[] =>
  readFolder(folder, { schema: file, what: 'layout' });
