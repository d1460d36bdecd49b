/** Languages that are told apart, by their codes in ISO 639-3 and as tags begin (BCP 47). */
export const TAGS: Readonly<Record<string, string>> = {
  eng: 'en',
  fra: 'fr',
  spa: 'es',
  rus: 'ru',
  arb: 'ar',
  cmn: 'zh',
  deu: 'de',
  por: 'pt',
  ita: 'it',
  nld: 'nl',
  pol: 'pl',
  ces: 'cs',
  slk: 'sk',
  slv: 'sl',
  hrv: 'hr',
  srp: 'sr',
  bos: 'bs',
  bul: 'bg',
  mkd: 'mk',
  ron: 'ro',
  hun: 'hu',
  ell: 'el',
  swe: 'sv',
  nob: 'no',
  dan: 'da',
  fin: 'fi',
  est: 'et',
  lav: 'lv',
  lit: 'lt',
  ukr: 'uk',
  bel: 'be',
  tur: 'tr',
  azj: 'az',
  kaz: 'kk',
  uzn: 'uz',
  pes: 'fa',
  urd: 'ur',
  hin: 'hi',
  ben: 'bn',
  jpn: 'ja',
  kor: 'ko',
  tha: 'th',
  vie: 'vi',
  ind: 'id',
  swh: 'sw',
  amh: 'am',
  kat: 'ka',
  hye: 'hy',
  heb: 'he',
  als: 'sq',
};
/** One written language under several names: to take one for another is no mistake. */
const ALIKE = [
  ['hr', 'sr', 'bs', 'sh', 'cnr', 'me'],
  ['no', 'nb', 'nn', 'da'],
  ['id', 'ms'],
];

/** Whether a text is clearly in another language than is said of it. */
export function languageDiffers(found: string | null, declared: string): boolean {
  if (found === null) return false;
  const base = declared.split('-', 1)[0]!.toLowerCase();
  if (base === found || ALIKE.some((group) => group.includes(base) && group.includes(found))) {
    return false;
  }
  // Of a language that is not told apart nothing can be said.
  return Object.values(TAGS).includes(base) || ALIKE.some((group) => group.includes(base));
}
