/** A text as its words: lower case, without accents, possessives and hyphens. */
export const wordsOf = (text: string): string[] => lower(text).match(/\p{L}+|\d+/gu) ?? [];

/** Words, and the commas that part clauses. */
export const wordsAndCommas = (text: string): string[] => lower(text).match(/\p{L}+|\d+|,/gu) ?? [];

const lower = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’]s(?![\p{L}\d])/gu, '');

/** Letters of a word that learnt weights know it by: `education` and `educational` are one. */
const STEM = 6;
export const stemOf = (word: string): string => word.slice(0, STEM);

/**
 * Terms to be found in texts, as one pattern. `*` at the end of a word stands for any letters:
 * `person* with disabilit*`.
 *
 * @returns what finds the terms in the words of a text, each once, as they stand there
 */
export function findTerms(terms: readonly string[]): (joined: string) => string[] {
  if (terms.length === 0) return () => [];
  const patterns = terms.map((term) =>
    term
      .split(/\s+/)
      .map((word) =>
        word.endsWith('*') ? `${asWritten(word.slice(0, -1))}\\p{L}*` : asWritten(word),
      )
      .join(' '),
  );
  const longestFirst = patterns.toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<= )(?:${longestFirst.join('|')})(?= )`, 'gu');
  return (joined) => [...new Set(joined.match(pattern) ?? [])];
}

/** As `findTerms` reads them. */
export const joinWords = (words: readonly string[]): string => ` ${words.join(' ')} `;

const asWritten = (part: string): string => wordsOf(part).join(' ');
