import type { Line } from '../formats/marked-lines.js';

export type Run = { readonly words: string } | { readonly note: number };
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | {
      readonly kind: 'paragraph';
      /** Written out before it: `12.`, `121.3`, `(a)`; empty where it has none. */
      readonly mark: string;
      readonly runs: readonly Run[];
    };

/** Entries of an annex that stand together, each under its mark. */
export interface Group {
  readonly heading: string;
  readonly entries: readonly { readonly mark: string; readonly text: string }[];
}

/** A text as it is printed, whatever the format. */
export interface Printed {
  readonly masthead: readonly string[];
  readonly title: string;
  readonly subtitle: string;
  readonly blocks: readonly Block[];
  /** The first has number 1. */
  readonly notes: readonly string[];
  readonly annex: { readonly heading: string; readonly groups: readonly Group[] };
}

/** A paragraph’s mark, and what parts it from the words. */
export const marked = (mark: string): string => (mark === '' ? '' : `${mark}\t`);

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
        : line(`${marked(block.mark)}${runs(block.runs)}`),
    ),
    ...(text.annex.groups.length > 0 ? [line(text.annex.heading, { heading: true })] : []),
    ...text.annex.groups.flatMap(({ heading, entries }) => [
      ...(heading === '' ? [] : [line(heading)]),
      ...entries.map(({ mark, text: words }) => line(`${marked(mark)}${words}`)),
    ]),
    ...text.notes.map((words) => line(words, { page: 1, part: 'footnotes' })),
  ];
}
