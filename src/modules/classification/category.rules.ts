import { wordsAndCommas } from './words.rules.js';

/** Verbs of a category, and what makes an act more general or more specific than its verb says. */
export interface CategoryRules {
  readonly skipped: readonly string[];
  readonly opening: readonly string[];
  readonly carriers: readonly string[];
  readonly verbs: Readonly<Record<string, readonly string[]>>;
  readonly objects: readonly {
    readonly category: string;
    readonly verbs: readonly string[];
    readonly objects: readonly string[];
  }[];
  readonly examples: {
    readonly by: readonly string[];
    /** The category that an example changes, the one that it must be of, and what both make. */
    readonly of: string;
    readonly counts: string;
    readonly as: string;
  };
}

interface CategoryFound {
  readonly category: string;
  /** The words that led to it, as they stand in the text. */
  readonly words: readonly string[];
}

interface Entry {
  readonly name: string;
  readonly rest: readonly string[];
  /** Undefined: leads to the verb that counts. */
  readonly category: string | undefined;
}

interface Act extends Entry {
  readonly at: number;
  /** Where what follows it begins. */
  readonly next: number;
  readonly inBaseForm: boolean;
}

/** How far an act may stand from the beginning, an object from its act, and a clause may reach. */
const REACH = { act: 60, object: 6, clause: 45 };
/** Where the object of an act ends. */
const OBJECT_ENDS = new Set([',', 'to', 'of', 'that', 'for', 'on', 'in', 'by']);
const isAdverb = (word: string): boolean => /(?:ly|^further|^also)$/.test(word);
const isGerund = (word: string): boolean => word.endsWith('ing');

/** One form for `ratify` and `ratifying`, `withdraw` and `withdrawing`, `stop` and `stopping`. */
function baseOf(word: string): string {
  const bare = word.replace(/(?:ing|ed|es|e|s)$/, (end) =>
    word.length - end.length >= 3 ? '' : end,
  );
  return bare.replace(/([bdgmnprt])\1$/, '$1').replace(/i$/, 'y');
}

/**
 * What reads the category of action from a text: the first verb counts; of two joined verbs the
 * second, unless the first is one of the weaker categories; a general act with a specific example
 * is specific. Nothing is found where no verb is known.
 */
export function readCategories(rules: CategoryRules): (text: string) => CategoryFound | undefined {
  const lexicon = lexiconOf(rules);
  const opening = new Set(rules.opening);
  const skipped = new Set(rules.skipped);
  const objects = rules.objects.map((rule) => ({
    category: rule.category,
    verbs: new Set(rule.verbs),
    objects: new Set(rule.objects),
  }));
  const { by, of, counts, as } = rules.examples;

  function actAt(words: readonly string[], at: number): Act | undefined {
    const word = words[at];
    if (word === undefined || skipped.has(word)) return undefined;
    const entry = lexicon
      .get(baseOf(word))
      ?.find(({ rest }) => rest.every((each, index) => words[at + 1 + index] === each));
    if (!entry) return undefined;
    const next = at + 1 + entry.rest.length;
    return { ...entry, at, next, inBaseForm: entry.name.split(' ', 1)[0] === word };
  }

  function firstAct(words: readonly string[]): Act | undefined {
    let led: Act | undefined;
    for (let at = afterOpening(words); at < Math.min(words.length, REACH.act); at += 1) {
      const act = actAt(words, at);
      if (act?.category !== undefined) return act;
      if (act) {
        led ??= act;
        at = act.next - 1;
      }
    }
    return led;
  }

  function afterOpening(words: readonly string[]): number {
    const comma = opening.has(words[0] ?? '') ? words.indexOf(',') : -1;
    return comma > 0 && comma < REACH.clause ? comma + 1 : 0;
  }

  /** The verb that is joined to an act: `develop and adopt`. */
  function joined(words: readonly string[], { next }: Act): Act | undefined {
    let at = next;
    while (words[at] === ',' || isAdverb(words[at] ?? '')) at += 1;
    if (words[at] !== 'and') return undefined;
    do at += 1;
    while (isAdverb(words[at] ?? ''));
    const act = actAt(words, at);
    return act?.inBaseForm && act.category !== undefined ? act : undefined;
  }

  function byObject(words: readonly string[], { name, next, category }: Act): [string, string[]] {
    for (const rule of objects) {
      if (rule.category === category || !rule.verbs.has(name)) continue;
      for (let at = next; at < next + REACH.object; at += 1) {
        const word = words[at];
        if (word === undefined || OBJECT_ENDS.has(word)) break;
        if (rule.objects.has(word)) return [rule.category, [word]];
      }
    }
    return [category!, []];
  }

  function example(words: readonly string[], from: number): string[] | undefined {
    for (let at = from; at < words.length - 1; at += 1) {
      if (!by.includes(words[at]!)) continue;
      let after = at + 1;
      while (isAdverb(words[after] ?? '')) after += 1;
      if (!isGerund(words[after] ?? '')) continue;
      if (actAt(words, after)?.category === counts) return [words[at]!, words[after]!];
    }
    return undefined;
  }

  return (text) => {
    const words = wordsAndCommas(text);
    const first = firstAct(words);
    if (first?.category === undefined) return undefined;
    const second = Number(first.category) >= Number(of) ? joined(words, first) : undefined;
    const act = second ?? first;
    const [category, object] = byObject(words, act);
    const said = [words.slice(act.at, act.next).join(' '), ...object];
    const shown = category === of ? example(words, first.next) : undefined;
    return shown ? { category: as, words: [...said, ...shown] } : { category, words: said };
  };
}

/** Entries by the base form of their first word, the longest first. */
function lexiconOf({ verbs, carriers }: CategoryRules): Map<string, Entry[]> {
  const lexicon = new Map<string, Entry[]>();
  const add = (phrase: string, category: string | undefined): void => {
    const [first, ...rest] = phrase.split(' ');
    const key = baseOf(first!);
    const entries = [...(lexicon.get(key) ?? []), { name: phrase, rest, category }];
    lexicon.set(
      key,
      entries.toSorted((a, b) => b.rest.length - a.rest.length),
    );
  };
  for (const [category, phrases] of Object.entries(verbs)) {
    for (const phrase of phrases) add(phrase, category);
  }
  for (const phrase of carriers) add(phrase, undefined);
  return lexicon;
}
