import type { NoteCites } from './summaries.entity.js';

/** A passage as a note tells of it; without a mark it is not told of. */
export interface Cited {
  readonly sourceId: string;
  readonly mark: string | null;
  readonly pinpoint: string;
}

const SIGN = /\[\^(\d{1,4})\]/g;

/** A text in pieces: words, and the places of notes by their numbers, from 1. */
type Piece = { readonly words: string } | { readonly note: number };

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(SIGN)) {
    if (match.index > from) pieces.push({ words: text.slice(from, match.index) });
    pieces.push({ note: Number(match[1]) });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ words: text.slice(from) });
  return pieces;
}

export const withoutSigns = (text: string): string => text.replaceAll(SIGN, '');

/** Whether the signs of a text are those of its notes: each once, in order. */
export function signsMatch(text: string, notes: readonly NoteCites[]): boolean {
  const signs = [...text.matchAll(SIGN)].map(([, n]) => Number(n));
  return signs.length === notes.length && signs.every((sign, index) => sign === index + 1);
}

/** With the sign of its only note at its end, where it stands nowhere. */
export const withSign = (text: string, notes: readonly NoteCites[]): string =>
  notes.length === 1 && !text.includes('[^') ? `${text}[^1]` : text;

const PARAGRAPH = /^para\. (\S.*)$/;
const listed = (all: readonly string[]): string =>
  all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;

/** `para. 15` and `para. 17` → `paras. 15 and 17`; what is no paragraph stands behind. */
function pinpointsOf(pinpoints: readonly string[]): string {
  const all = [...new Set(pinpoints)];
  const paragraphs = all.flatMap((each) => PARAGRAPH.exec(each)?.[1] ?? []);
  const others = all.filter((each) => !PARAGRAPH.test(each));
  const name = paragraphs.length > 1 ? 'paras.' : 'para.';
  const told = paragraphs.length > 0 ? [`${name} ${listed(paragraphs)}`] : [];
  return [...told, ...others].join(' and ');
}

/** `JS2, para. 24; AI, paras. 7 and 9`: each source once, in the order of its first passage. */
function citationsOf(passages: readonly Cited[]): string {
  const bySource = new Map<string, { mark: string; pinpoints: string[] }>();
  for (const { sourceId, mark, pinpoint } of passages) {
    if (mark === null) continue;
    const known = bySource.get(sourceId) ?? { mark, pinpoints: [] };
    known.pinpoints.push(pinpoint);
    bySource.set(sourceId, known);
  }
  const each = [...bySource.values()];
  return each.map(({ mark, pinpoints }) => `${mark}, ${pinpointsOf(pinpoints)}`).join('; ');
}

/** What a note says; nothing where none of its sources is named. */
export function noteText(note: NoteCites, passages: ReadonlyMap<string, Cited>): string | null {
  const of = (ids: readonly string[]): string =>
    citationsOf(ids.flatMap((id) => passages.get(id) ?? []));
  const cited = of(note.passages);
  const also = of(note.seeAlso);
  if (cited === '' && also === '') return null;
  if (also === '') return `${cited}.`;
  return cited === '' ? `See ${also}.` : `${cited}. See also ${also}.`;
}
