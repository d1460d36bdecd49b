/** The shapes of `data/states.json` and `data/council-seats.json`, and whom a printed name means. */

/** `from` is the first day, `until` the first day no longer; ISO dates. Absent: open. */
interface Validity {
  readonly from?: string | null;
  readonly until?: string | null;
  /** The dates are in doubt and await a source. */
  readonly unverified?: boolean;
}

/** `short` as UN reports print it, `formal` the long form, `former` dated, `other` in common use. */
interface StateName extends Validity {
  readonly language: 'en' | 'fr' | 'es' | 'ru' | 'zh' | 'ar';
  readonly form: 'short' | 'formal' | 'former' | 'other';
  readonly name: string;
}

/** The five groups of the United Nations. Other organizations group States differently. */
interface StateGroup extends Validity {
  readonly group: 'african' | 'asia-pacific' | 'eastern-european' | 'grulac' | 'weog';
  readonly note?: string;
}

/**
 * One State of the directory: a member of the UN, or an observer that takes part in reviews. Or an
 * organization of States, which is a Party to treaties as they are: it sits in no group.
 */
export interface State {
  /** ISO 3166-1; a private code for an organization. */
  readonly iso3: string;
  /** UN M49: three digits, as text. An organization has none. */
  readonly m49: string | null;
  readonly kind: 'member' | 'observer' | 'organization';
  readonly names: readonly StateName[];
  readonly groups: readonly StateGroup[];
}

/** A term on the Human Rights Council. Without a `source` it is to be shown as unverified. */
export interface CouncilSeat {
  readonly state: string;
  readonly from: string;
  readonly until: string;
  readonly source?: string;
}

/** What the resolver needs of a State; a row read from the database will do. */
interface NamedState {
  readonly iso3: string;
  readonly kind?: State['kind'];
  readonly names: readonly (Validity & { readonly name: string })[];
}

/** `on` (ISO date) admits only names borne on that day; without it former names count too. */
export interface NameDate {
  readonly on?: string;
}

export interface StateNames {
  /** The alpha-3 code of the one State that the name means; null if none or more than one. */
  resolve(name: string, at?: NameDate): string | null;
}

/** Whether a dated fact holds on a day (ISO date). */
export const holdsOn = ({ from, until }: Validity, day: string): boolean =>
  (!from || from <= day) && (!until || day < until);

/** The accents of named entities (`&ocirc;`), as combining marks. */
const ACCENTS: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030a',
  caron: '\u030c',
  cedil: '\u0327',
};

/** A text without the HTML entities that exports leave in names, twice encoded ones included. */
export const decodeEntities = (text: string): string =>
  text
    .replace(/&amp;/gi, '&')
    .replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]{1,5});/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&(?:[lr]squo|apos);/gi, '’')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&([a-z])([a-z]+);/gi, (entity, letter: string, accent: string) =>
      Object.hasOwn(ACCENTS, accent) ? `${letter}${ACCENTS[accent]}`.normalize() : entity,
    );

/**
 * The form in which names are compared: without case, accents, articles, punctuation and
 * brackets, so that "Iran, Islamic Republic of" and "IRAN (Islamic Republic of)*" are one.
 */
export const foldName = (name: string): string =>
  decodeEntities(name)
    .replace(/['’‘ʼ`´]/g, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\((?:the|l|le|la|les|el|los|las)\)/, ' ')
    .replace(/&/g, ' and ')
    .replace(/\bst\b/g, 'saint ')
    .replace(/\./g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\bthe\b/g, '')
    .replace(/ +/g, ' ')
    .trim();

/**
 * An index over every name of the States given; building it once serves any number of look-ups.
 * Organizations of States are none: they make no recommendations.
 */
export function stateNames(states: Iterable<NamedState>): StateNames {
  const bearers = new Map<string, (Validity & { iso3: string })[]>();
  for (const { iso3, kind, names } of states) {
    if (kind === 'organization') continue;
    for (const { name, from, until } of names) {
      const key = foldName(name);
      bearers.set(key, [...(bearers.get(key) ?? []), { iso3, from, until }]);
    }
  }
  return {
    resolve(name, { on } = {}) {
      const borne = (bearers.get(foldName(name)) ?? []).filter((b) => !on || holdsOn(b, on));
      const [first, ...others] = new Set(borne.map(({ iso3 }) => iso3));
      return first !== undefined && others.length === 0 ? first : null;
    },
  };
}
