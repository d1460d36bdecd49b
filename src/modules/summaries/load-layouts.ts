import { z } from 'zod';
import { readFolder } from '../../config/read-folder.js';

const text = z.string().trim().min(1);

const documentLayout = z.strictObject({
  kind: text,
  /** Kinds of documents that it is written from; without them, from documents that are named. */
  sources: z.strictObject({ single: text, joint: text }).optional(),
  title: text,
  subtitle: text,
  background: text,
  /** The first note, where there is a list of those who contributed. */
  listNote: text.optional(),
  information: text,
  informationApart: text.optional(),
  informationOthers: text.optional(),
});

const themeLayout = z.strictObject({ theme: text, under: z.array(text).default([]) });

const file = z.strictObject({
  mechanism: text,
  masthead: z.array(text),
  documents: z.array(documentLayout).min(1),
  themes: z.array(themeLayout).min(1),
});

/** How one document of a mechanism is headed, and what it is written from. */
export type DocumentLayout = z.infer<typeof documentLayout>;
/** How the secretariat's documents of a mechanism are laid out. */
export type Layout = z.infer<typeof file>;

/**
 * Reads the layouts, a file for each mechanism.
 *
 * @throws StartRefused for a file that is none
 */
export const loadLayouts = (folder: string): Layout[] =>
  readFolder(folder, { schema: file, what: 'layout' });
