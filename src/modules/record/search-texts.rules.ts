/** How PostgreSQL takes words to their stems, by the language of a text; else it takes them as they are. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  ar: 'arabic',
  de: 'german',
  en: 'english',
  es: 'spanish',
  fr: 'french',
  it: 'italian',
  pt: 'portuguese',
  ru: 'russian',
};

const baseOf = (language: string): string => language.split('-', 1)[0]!.toLowerCase();

export const configurationOf = (language: string): string =>
  CONFIGURATIONS[baseOf(language)] ?? 'simple';

/** An index takes a megabyte of a text at most: a piece of so many letters is less in any script. */
const PIECE = 150_000;

/** A text in pieces, each ending with a line where it can. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const whole = text.slice(at, at + PIECE);
    const last = at + PIECE < text.length ? whole.lastIndexOf('\n') : -1;
    const piece = last > 0 ? whole.slice(0, last + 1) : whole;
    pieces.push(piece);
    at += piece.length;
  }
  return pieces;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]{1,64}/gu;

/** Words with spaces between them, also where a script has none. */
export const spaced = (text: string): string =>
  text.replaceAll(
    UNSPACED,
    (run) => ` ${[...segmenter.segment(run)].map(({ segment }) => segment).join(' ')} `,
  );
