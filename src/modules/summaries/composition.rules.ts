import { countWords } from '../../platform/formats/count-words.js';
import { contributors, type DraftSource } from './contributors.rules.js';
import type { DocumentLayout, Layout } from './load-layouts.js';
import { noteText, piecesOf, type Cited } from './notes.rules.js';
import { linesOf, type Block, type Printed, type Run } from './printed.rules.js';
import { namesHidden } from './sources.rules.js';
import type { NoteCites } from './summaries.entity.js';

/** Why a paragraph waits, and is in no text that leaves the desk. */
export const HELD = ['withdrawn', 'source-hidden', 'names-withheld'] as const;
type Held = (typeof HELD)[number];

interface DraftPassage extends Cited {
  readonly id: string;
}
interface DraftParagraph {
  readonly id: string;
  readonly theme: string;
  readonly place: number;
  readonly text: string;
  readonly notes: readonly NoteCites[];
  readonly emptied: boolean;
}

/** Everything that a text is composed from. */
export interface Draft<P extends DraftParagraph = DraftParagraph> {
  readonly layout: Layout;
  readonly document: DocumentLayout;
  readonly state: string;
  readonly symbol: string | null;
  readonly background: string | null;
  /** In the order in which they came. */
  readonly sources: readonly DraftSource[];
  readonly passages: readonly DraftPassage[];
  readonly paragraphs: readonly P[];
  readonly labelOf: (theme: string) => string;
}

/** A paragraph as it will be printed: without a number where it is held. */
export interface Composed<P> {
  readonly paragraph: P;
  /** It stands in the part of the national human rights institution. */
  readonly apart: boolean;
  readonly held: Held | null;
  readonly number: number | null;
  /** Of each of its notes its number and its words; nothing where it names nobody. */
  readonly notes: readonly ({ readonly number: number; readonly text: string } | null)[];
}

const BACKGROUND = 'Background';
const ROMAN = ['I', 'II', 'III', 'IV'];
const capital = (n: number): string => String.fromCodePoint(64 + n);

/** What is printed, and how each paragraph of the draft stands in it. */
export interface Composition<P = DraftParagraph> extends Printed {
  readonly paragraphs: readonly Composed<P>[];
  /** As they will be counted when it is handed in. */
  readonly words: number;
}

/** Composes a draft: numbers of paragraphs and notes, headings, the list, and the words. */
export function compose<P extends DraftParagraph>(draft: Draft<P>): Composition<P> {
  const { layout, document, state, symbol } = draft;
  const writing = new Writing(draft);
  const ordered = inOrder(draft);
  writing.part(BACKGROUND);
  writing.background();
  const apart = ordered.filter((each) => each.apart);
  const others = ordered.filter((each) => !each.apart);
  const printed = apart.some(({ held }) => held === null);
  const { information, informationApart, informationOthers } = document;
  const done: Composed<P>[] = [];
  if (printed) writing.part(informationApart ?? information);
  for (const each of apart) done.push(writing.paragraph(each));
  writing.part(printed ? (informationOthers ?? information) : information);
  for (const each of others) done.push(writing.paragraph(each));
  const composed = {
    masthead: [...(symbol === null ? [] : [symbol]), ...layout.masthead],
    title: document.title.replace('{state}', state),
    subtitle: document.subtitle,
    blocks: writing.blocks,
    notes: writing.notes,
    list: document.listNote === undefined ? [] : contributors(draft.sources),
  };
  return { ...composed, paragraphs: done, words: countWords(linesOf(composed)).words };
}

type Placed<P> = Pick<Composed<P>, 'paragraph' | 'apart' | 'held'>;

/** What cites the institution alone stands apart; then by theme, then by place. */
function inOrder<P extends DraftParagraph>({ layout, sources, passages, paragraphs }: Draft<P>) {
  const sourceOf = new Map(sources.map((source) => [source.id, source]));
  const passageOf = new Map(passages.map((passage) => [passage.id, passage]));
  const rank = new Map(layout.themes.map(({ theme }, index) => [theme, index]));
  const placed = paragraphs.map((paragraph): Placed<P> => {
    const ids = paragraph.notes.flatMap((note) => [...note.passages, ...note.seeAlso]);
    const cited = ids.map((id) => sourceOf.get(passageOf.get(id)?.sourceId ?? ''));
    const apart = cited.length > 0 && cited.every((source) => source?.standsWith === 'nhri');
    const held = heldOf(paragraph, cited, sources);
    return { paragraph, apart, held };
  });
  const key = ({ paragraph: { theme, place } }: Placed<P>): number[] => [
    rank.get(theme) ?? rank.size,
    place,
  ];
  return placed.toSorted((a, b) => {
    const [one, other] = [key(a), key(b)];
    return one[0]! - other[0]! || one[1]! - other[1]!;
  });
}

function heldOf(
  { emptied, text }: DraftParagraph,
  cited: readonly (DraftSource | undefined)[],
  sources: readonly DraftSource[],
): Held | null {
  if (emptied) return 'withdrawn';
  if (cited.some((source) => source?.use !== 'cited' && source?.use !== 'unnamed')) {
    return 'source-hidden';
  }
  return namesHidden(text, sources) ? 'names-withheld' : null;
}

/** Writes blocks and notes down, and counts them. */
class Writing<P extends DraftParagraph> {
  readonly blocks: Block[] = [];
  readonly notes: string[] = [];
  private readonly passages: ReadonlyMap<string, Cited>;
  private parts = 0;
  private number = 0;
  private path: string[] = [];
  private counters: number[] = [];

  constructor(private readonly draft: Draft<P>) {
    this.passages = new Map(draft.passages.map((passage) => [passage.id, passage]));
  }

  part(text: string): void {
    this.blocks.push({ kind: 'heading', level: 1, text: `${ROMAN[this.parts]}. ${text}` });
    this.parts += 1;
    this.path = [];
    this.counters = [];
  }

  background(): void {
    const { document, background, sources } = this.draft;
    const { listNote } = document;
    const count = sources.filter(({ use }) => use === 'cited').length;
    const given = background ?? document.background;
    const text = given.replace('{count}', String(count));
    if (listNote === undefined) return this.print(text.replace('{note}', ''), []);
    const [before, after = ''] = text.includes('{note}') ? text.split('{note}') : [text];
    this.notes.push(listNote);
    this.print('', [{ words: before! }, { note: 1 }, ...(after === '' ? [] : [{ words: after }])]);
  }

  paragraph({ paragraph, apart, held }: Placed<P>): Composed<P> {
    if (held !== null) {
      return { paragraph, apart, held, number: null, notes: paragraph.notes.map(() => null) };
    }
    this.headings(paragraph.theme);
    const notes = paragraph.notes.map((note) => {
      const text = noteText(note, this.passages);
      if (text === null) return null;
      return { number: this.notes.push(text), text };
    });
    const runs = piecesOf(paragraph.text).flatMap((piece): Run[] => {
      if ('words' in piece) return [piece];
      const note = notes[piece.note - 1];
      return note ? [{ note: note.number }] : [];
    });
    this.print('', runs);
    return { paragraph, apart, held, number: this.number, notes };
  }

  private print(text: string, runs: readonly Run[]): void {
    this.number += 1;
    const all = text === '' ? runs : [{ words: text }, ...runs];
    this.blocks.push({ kind: 'paragraph', number: this.number, runs: all });
  }

  /** The headings between the theme before and this one: capital letters, figures, then none. */
  private headings(theme: string): void {
    const under = this.draft.layout.themes.find((each) => each.theme === theme)?.under ?? [];
    const path = [...under, theme];
    const shared = path.findIndex((step, depth) => step !== this.path[depth]);
    if (shared < 0) return;
    this.counters = this.counters.slice(0, shared + 1);
    for (const [depth, step] of path.entries()) {
      if (depth < shared) continue;
      const count = (this.counters[depth] ?? 0) + 1;
      this.counters[depth] = count;
      this.counters.length = depth + 1;
      const sign = [`${capital(count)}. `, `${count}. `][depth] ?? '';
      const text = `${sign}${this.draft.labelOf(step)}`;
      this.blocks.push({ kind: 'heading', level: depth + 2, text });
    }
    this.path = path;
  }
}
