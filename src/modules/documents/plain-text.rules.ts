import { markBackMatter, markFootnotes } from './plain-text-back.rules.js';
import { markContents, markCover } from './plain-text-front.rules.js';
import { markFurniture } from './plain-text-furniture.rules.js';
import { type LeftOutPart, leftOutParts, MarkedLines } from './plain-text-lines.rules.js';
import { WordCounter } from './plain-text-words.rules.js';

export interface WordCount {
  /** Words of the body: what a limit is held against. */
  readonly words: number;
  /** What was left out, part by part; parts without words are not named. */
  readonly leftOut: readonly { readonly part: LeftOutPart; readonly words: number }[];
  /** All words of the text: `words` and what was left out. */
  readonly total: number;
}

/**
 * Counts the words of a plain text as limits mean them: without cover, contents, page
 * furniture, notes and annexes. Plain text has no structure to read these from, so the
 * rules are heuristics that know the shape of United Nations documents, and the answer
 * says what was left out; a text of no such shape is counted whole. Linear in time and
 * memory.
 */
export function countWords(text: string): WordCount {
  const counter = new WordCounter();
  const lines = MarkedLines.of(text);
  if (!lines) {
    const words = counter.count(text);
    return { words, leftOut: [], total: words };
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
  return { words: body, leftOut, total: leftOut.reduce((sum, each) => sum + each.words, body) };
}
