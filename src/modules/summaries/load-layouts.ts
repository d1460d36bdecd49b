import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { StartRefused } from '../../config/start-refused.js';

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
 * Reads the layouts, a file for each mechanism; a folder that is not there has none.
 *
 * @throws StartRefused for a file that is none
 */
export function loadLayouts(folder: string): Layout[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.toSorted().map((name) => {
    const from = path.join(folder, name);
    const parsed = file.safeParse(parse(readFileSync(from, 'utf8')));
    if (parsed.success) return parsed.data;
    const faults = parsed.error.issues.map((each) => `${each.path.join('.')}: ${each.message}`);
    throw new StartRefused(`The layout in ${from} cannot be read:\n${faults.join('\n')}`);
  });
}
