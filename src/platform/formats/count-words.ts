import { markBackMatter, markFootnotes } from './mark-back.js';
import { markContents, markCover } from './mark-front.js';
import { markFurniture } from './mark-furniture.js';
import { type LeftOutPart, leftOutParts, type Line, MarkedLines } from './marked-lines.js';
import { WordCounter } from './word-counter.js';

export interface WordCount {
  /** Words of the body: what a limit is held against. */
  readonly words: number;
  /** What was left out, part by part; parts without words are not named. */
  readonly leftOut: readonly { readonly part: LeftOutPart; readonly words: number }[];
  /** All words of the text: `words` and what was left out. */
  readonly total: number;
}

export interface Counted extends WordCount {
  /** The words themselves, a line each: without what a page adds to them. */
  readonly text: string;
}

/**
 * Counts the words of a document as limits mean them: without cover, contents, page
 * furniture, notes and annexes. What the structure of a file says of its parts holds; where
 * it says nothing (plain text and PDF have none) the rules are heuristics that know the shape
 * of United Nations documents. The answer says what was left out; a text of no such shape is
 * counted whole. Linear in time and memory.
 */
export function countWords(found: readonly Line[]): Counted {
  const counter = new WordCounter();
  const lines = MarkedLines.of(found);
  if (!lines) {
    const text = found.map((line) => line.text).join('\n');
    const words = counter.count(text);
    return { words, leftOut: [], total: words, text };
  }
  markCover(lines);
  markFurniture(lines);
  markContents(lines);
  markBackMatter(lines);
  markFootnotes(lines);

  const words = new Map<LeftOutPart | undefined, number>();
  for (const [i, line] of lines.text.entries()) {
    const part = lines.part[i];
    words.set(part, (words.get(part) ?? 0) + counter.count(line));
  }
  const leftOut = leftOutParts
    .map((part) => ({ part, words: words.get(part) ?? 0 }))
    .filter((each) => each.words > 0);
  const body = words.get(undefined) ?? 0;
  const total = leftOut.reduce((sum, each) => sum + each.words, body);
  const text = lines.text.filter((_, i) => lines.part[i] !== 'furniture').join('\n');
  return { words: body, leftOut, total, text };
}
