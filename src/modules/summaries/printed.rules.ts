import type { Line } from '../../platform/formats/marked-lines.js';
import type { Group } from './contributors.rules.js';

export type Run = { readonly words: string } | { readonly note: number };
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly number: number; readonly runs: readonly Run[] };

/** A text as it is printed, whatever the format. */
export interface Printed {
  readonly masthead: readonly string[];
  readonly title: string;
  readonly subtitle: string;
  readonly blocks: readonly Block[];
  /** The first has number 1. */
  readonly notes: readonly string[];
  readonly list: readonly Group[];
}

export const ANNEX = 'Annex. List of stakeholders';

/** The lines that a reader of the exported file finds: what is counted is what is handed in. */
export function linesOf(text: Printed): Line[] {
  const line = (words: string, more: Partial<Line> = {}): Line => {
    return { text: words, gap: true, page: 0, part: undefined, heading: false, ...more };
  };
  const runs = (all: readonly Run[]): string =>
    all.map((run) => ('words' in run ? run.words : '')).join('');
  return [
    ...[...text.masthead, text.title, text.subtitle].map((words) => line(words)),
    ...text.blocks.map((block) =>
      block.kind === 'heading'
        ? line(block.text, { heading: true })
        : line(`${block.number}.\t${runs(block.runs)}`),
    ),
    ...(text.list.length > 0 ? [line(ANNEX, { heading: true })] : []),
    ...text.list.flatMap(({ heading, entries }) => [
      line(heading),
      ...entries.map(({ mark, text: words }) => line(`${mark}\t${words}`)),
    ]),
    ...text.notes.map((words) => line(words, { page: 1, part: 'footnotes' })),
  ];
}
