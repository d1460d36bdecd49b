/**
 * What a word is. In scripts that space their words: a run between spaces that holds a
 * letter or a digit, as word processors count. In scripts that do not (Chinese, Japanese,
 * Thai …): a word of the Unicode dictionary segmentation (UAX 29, `Intl.Segmenter`), not a
 * character: limits are set in words, and a Chinese text has about 1.6 characters to a
 * word, so that counting characters would refuse the faithful translation of a report
 * that is short enough.
 */
const SPACE = 1;
const MARK = 2;
const LETTER = 3;
const UNSPACED = 4;

/** The segmenter takes a microsecond a word; a run is cut where it would slow down. */
const RUN = 64;
/** Far above every limit; from here on each character counts as a word, to bound the time. */
export const SEGMENTED_AT_MOST = 200_000;

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const unspaced =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Whether something in it may count as a word: a letter, a digit, or a sign of these scripts. */
export const mayHoldWords = (text: string): boolean =>
  /[\p{L}\p{N}]/u.test(text) || unspaced.test(text);

/** The class of every code point, learnt as they come. */
const classes = new Uint8Array(0x11_0000);

function classify(character: string): number {
  if (unspaced.test(character)) return UNSPACED;
  if (/[\p{L}\p{N}]/u.test(character)) return LETTER;
  return /\s/.test(character) ? SPACE : MARK;
}

function classOf(codePoint: number): number {
  return (classes[codePoint] ||= classify(String.fromCodePoint(codePoint)));
}

function segments(run: string): number {
  const found = segmenter.segment(run);
  let words = 0;
  for (let at = 0; at < run.length;) {
    const segment = found.containing(at);
    if (segment?.isWordLike) words++;
    at += segment?.segment.length ?? 1;
  }
  return words;
}

/** Counts words over any number of pieces of one text. Linear in time, constant in memory. */
export class WordCounter {
  private segmented = 0;

  /** The words of a piece; a piece begins and ends a word. */
  count(text: string): number {
    let words = 0;
    let inWord = false;
    for (let at = 0; at < text.length;) {
      const codePoint = text.codePointAt(at) ?? 0;
      const kind = classOf(codePoint);
      if (kind === UNSPACED) {
        const end = this.endOfRun(text, at);
        words += this.unspacedWords(text.slice(at, end));
        at = end;
        inWord = false;
        continue;
      }
      if (kind === SPACE) inWord = false;
      else if (kind === LETTER && !inWord) {
        inWord = true;
        words++;
      }
      at += codePoint > 0xffff ? 2 : 1;
    }
    return words;
  }

  private endOfRun(text: string, start: number): number {
    let end = start;
    while (end < text.length && end - start < RUN) {
      const codePoint = text.codePointAt(end) ?? 0;
      if (classOf(codePoint) !== UNSPACED) break;
      end += codePoint > 0xffff ? 2 : 1;
    }
    return end;
  }

  private unspacedWords(run: string): number {
    if (this.segmented >= SEGMENTED_AT_MOST) return run.length;
    this.segmented += run.length;
    return segments(run);
  }
}
