import { holdsBack } from '../../kernel/embargo.js';

/** Why a source is not cited by its name. */
export const UNNAMED = ['sealed', 'author-withdrawn'] as const;
/** Why nothing of a source is used. */
export const HIDDEN = ['embargoed', 'kept-to-parties', 'withdrawn'] as const;
type Because = (typeof UNNAMED)[number] | (typeof HIDDEN)[number];

/** What may be done with a source: cite it, use it and name nobody, or leave it alone. */
export interface Use {
  readonly use: 'cited' | 'unnamed' | 'hidden';
  readonly because: Because | null;
}

interface Ground {
  readonly sealed: boolean;
  /** Of a submission; what the house does not hold has none of it. */
  readonly submission?: {
    readonly withdrawn: readonly string[];
    readonly hasText: boolean;
    readonly published: boolean;
    readonly audience: string | null;
    readonly until: Date | null;
  };
  readonly now: Date;
}

/**
 * Who is hidden is not cited, and what is hidden is not used: the summary is public, and what a
 * side holds back, or keeps to the parties, does not come out by it.
 */
export function useOf({ sealed, submission, now }: Ground): Use {
  if (submission) {
    const { withdrawn, hasText, published, audience, until } = submission;
    if (!hasText) return { use: 'hidden', because: 'withdrawn' };
    if (audience === 'parties') return { use: 'hidden', because: 'kept-to-parties' };
    if (!published && until && holdsBack(until.toISOString(), now.toISOString())) {
      return { use: 'hidden', because: 'embargoed' };
    }
    if (withdrawn.includes('author')) return { use: 'unnamed', because: 'author-withdrawn' };
  }
  return sealed ? { use: 'unnamed', because: 'sealed' } : { use: 'cited', because: null };
}

/** Words that give no letter to an acronym. */
const SMALL = /^(?:of|the|for|and|in|on|to|a|an|de|du|des|la|le|les|et|pour|del|y|e|und|für|der)$/i;
const MOST = 12;

/** The capital letters that a name is known by: `Amnesty International` → `AI`. */
const acronymOf = (name: string): string => {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const large = words.filter((word) => !SMALL.test(word));
  const chosen = large.length > 0 ? large : words;
  // A name of one word is short already, or stands for itself.
  if (chosen.length === 1) return chosen[0]!.slice(0, MOST);
  return chosen
    .map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : word.slice(0, 1).toUpperCase()))
    .join('')
    .slice(0, MOST);
};

/**
 * A short mark for an organization: the acronym that it gave, else one of its name; with a number
 * where another bears it already. What looks like that of a joint submission is numbered too.
 */
export function proposeMark(
  { name, acronym }: { readonly name: string; readonly acronym: string | null },
  taken: ReadonlySet<string>,
): string {
  const wanted = acronym?.trim() || acronymOf(name) || 'S';
  const free = (mark: string): boolean => !taken.has(mark) && !/^JS\d+$/.test(mark);
  if (free(wanted)) return wanted;
  for (let n = 2; ; n += 1) if (free(`${wanted}-${n}`)) return `${wanted}-${n}`;
}

export const jointMark = (number: number): string => `JS${number}`;

/** Full names, and short ones. */
export interface AuthorNames {
  readonly names: readonly string[];
  readonly acronyms: readonly string[];
}

/** What no paragraph may hold: names, as they are looked for in a text. */
export interface Named {
  readonly mark: string | null;
  readonly name: string;
  readonly partners: readonly string[];
  readonly withheld: readonly string[];
  /** What whoever filed it is called, where `mark` and `name` no longer tell. */
  readonly author?: AuthorNames | undefined;
  readonly use: Use['use'];
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** Whether a text holds a name, as words of its own: `AI-2` is another than `AI`. */
const holds = (text: string, name: string, flags: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}]|-\\p{N})`, `u${flags}`).test(
    text,
  );

const flat = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();

/**
 * Whether a text names somebody whom it may not: a source that is not cited by name, under its mark
 * or in full, or a partner whose name is withheld.
 */
export function namesHidden(text: string, sources: readonly Named[]): boolean {
  const words = flat(text);
  return sources.some(({ mark, name, partners, withheld, author, use }) => {
    const hidden = use !== 'cited';
    const full = hidden ? [name, ...partners, ...withheld, ...(author?.names ?? [])] : withheld;
    const short = hidden ? [mark ?? '', ...(author?.acronyms ?? [])] : [];
    const said = (names: readonly string[], flags: string): boolean =>
      names.map(flat).some((each) => each !== '' && holds(words, each, flags));
    return said(short, '') || said(full, 'i');
  });
}
