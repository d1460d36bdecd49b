import { parse } from 'csv-parse/sync';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { wordsOf } from '../modules/classification/index.js';

/** A text that people have labelled; the same text recommended to several States is one. */
export interface Labelled {
  readonly text: string;
  /** States under review to which it was recommended. */
  readonly states: readonly string[];
  readonly session: number;
  readonly cycle: number;
  /** What the source calls it, by the kind of label. */
  readonly labels: Readonly<Record<string, ReadonlySet<string>>>;
}

export interface LabelledData {
  /** UPR Info's export: `action` and `issues`. */
  readonly export: readonly Labelled[];
  /** The official lists of single reviews: `themes`, `persons` and `sdgs`. */
  readonly lists: readonly Labelled[];
}

const EXPORT = 'upr/recommendations-s01-12.csv';
const LISTS = [2, 3].map((cycle) => `upr/slovenia/recommendations-cycle${cycle}.json`);

/** Whether a folder holds the data that are measured against. */
export const hasLabelled = (folder: string): boolean =>
  [EXPORT, ...LISTS].every((file) => existsSync(path.join(folder, file)));

const exported = z.array(
  z.object({
    session: z.coerce.number(),
    state_under_review: z.string(),
    text: z.string(),
    action: z.string(),
    issues: z.string(),
  }),
);
const listed = z.array(
  z.object({
    sur: z.string(),
    cycle: z.number(),
    session: z.number(),
    text: z.string(),
    themes: z.array(z.string()),
    persons: z.array(z.string()),
    sdgs: z.array(z.coerce.string()),
  }),
);

/** @throws ZodError for files of another shape */
export function readLabelled(folder: string): LabelledData {
  const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
  const rows = exported.parse(parse(read(EXPORT), { columns: true, bom: true }));
  return {
    export: eachTextOnce(
      rows.map(({ text, state_under_review: state, session, action, issues }) => ({
        text,
        states: [state],
        session,
        cycle: 1,
        labels: { action: new Set([action]), issues: new Set(namesIn(issues)) },
      })),
    ),
    lists: LISTS.flatMap((file) =>
      eachTextOnce(
        listed.parse(JSON.parse(read(file))).map(({ text, sur, session, cycle, ...row }) => ({
          text: withoutStates(text),
          states: [sur],
          session,
          cycle,
          labels: {
            themes: new Set(row.themes),
            persons: new Set(row.persons),
            sdgs: new Set(row.sdgs),
          },
        })),
      ),
    ),
  };
}

const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Without the States that made it, in brackets at its end, which say nothing of what it is about. */
const withoutStates = (text: string): string =>
  text.replace(/(?:\s*\([^()]*(?:\([^()]*\)[^()]*)*\)[;,.\s]*)+$/, '');

/** Texts of the same words are one, with all that any of them is labelled. */
function eachTextOnce(rows: readonly Labelled[]): Labelled[] {
  const byWords = new Map<string, Labelled[]>();
  for (const row of rows) {
    const key = wordsOf(row.text).join(' ');
    byWords.set(key, [...(byWords.get(key) ?? []), row]);
  }
  return [...byWords.values()].map((same) => {
    const [first] = same as [Labelled];
    const kinds = Object.keys(first.labels);
    const all = (kind: string) => new Set(same.flatMap(({ labels }) => [...labels[kind]!]));
    return {
      ...first,
      states: [...new Set(same.flatMap(({ states }) => states))],
      labels: Object.fromEntries(
        kinds.map((kind) => [kind, kind === 'action' ? commonest(same) : all(kind)]),
      ),
    };
  });
}

/** Of one text there is one category: the one that it was given most often. */
function commonest(same: readonly Labelled[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { labels } of same) {
    for (const each of labels['action']!) counts.set(each, (counts.get(each) ?? 0) + 1);
  }
  const [[first] = ['']] = [...counts].toSorted(([, a], [, b]) => b - a);
  return new Set([first]);
}
