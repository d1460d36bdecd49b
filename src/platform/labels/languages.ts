/** The official languages of the United Nations; English first, which is there for everything. */
export const LANGUAGES = ['en', 'fr', 'es', 'ru', 'ar', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

export const isRightToLeft = (language: Language): boolean => language === 'ar';

const RANGE = /^(\*|[a-z]{1,8}(?:-[a-z0-9]{1,8})*)(?:\s*;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i;

interface Wish {
  readonly range: string;
  readonly quality: number;
  /** Place in the header: of two that are wished alike, the first. */
  readonly at: number;
}

/** What cannot be read is no wish. */
const wishesOf = (header: string): Wish[] =>
  header.split(',').flatMap((part, at) => {
    const [, range, quality = '1'] = RANGE.exec(part.trim()) ?? [];
    return range === undefined ? [] : [{ range: range.toLowerCase(), quality: +quality, at }];
  });

/**
 * How much a language is wished for. Who asks for `fr-CH` is glad of `fr` (RFC 4647, lookup); who
 * refuses `fr` gets none of it; `*` stands for the languages that nothing names.
 */
function wishFor(language: Language, wishes: readonly Wish[]): Wish | undefined {
  const named = wishes.filter(({ range }) => range.split('-', 1)[0] === language);
  if (named.some(({ range, quality }) => range === language && quality === 0)) return undefined;
  const fitting = named.length > 0 ? named : wishes.filter(({ range }) => range === '*');
  return fitting.toSorted(byWish)[0];
}

const byWish = (a: Wish, b: Wish): number => b.quality - a.quality || a.at - b.at;

/**
 * The language that a reader prefers by `Accept-Language` (RFC 9110, 12.5.4). English where the
 * header asks for nothing that we have: an answer in some language is better than none.
 */
export function preferredLanguage(header: string | undefined): Language {
  if (header === undefined) return 'en';
  const wishes = wishesOf(header);
  const [best] = LANGUAGES.flatMap((language) => {
    const wish = wishFor(language, wishes);
    return wish && wish.quality > 0 ? [{ language, ...wish }] : [];
  }).toSorted(byWish);
  return best?.language ?? 'en';
}
