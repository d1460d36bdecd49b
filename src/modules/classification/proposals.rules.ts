import { readCategories, type CategoryRules } from './category.rules.js';
import { weighWords, type Weights } from './weights.rules.js';
import { findTerms, joinWords, wordsOf } from './words.rules.js';

/** What is said of a recommendation, each a list of codes; of the category there is one at most. */
export const FACETS = ['category', 'themes', 'affectedPersons', 'sdgGoals', 'sdgTargets'] as const;
export type Facet = (typeof FACETS)[number];

export interface Proposed {
  readonly code: string;
  /** How often such a proposal was right where it was measured, or how likely the weights make it. */
  readonly confidence: number;
  /** The words that led to it. */
  readonly words: readonly string[];
}
export type Proposals = Readonly<Record<Facet, readonly Proposed[]>>;

interface Code {
  readonly code: string;
  readonly terms?: readonly string[] | undefined;
  readonly follows?: readonly string[] | undefined;
}
interface Vocabulary {
  readonly vocabulary: string;
  readonly codes: readonly Code[];
}

/** How recommendations are understood: rules, vocabularies, and what was learnt and measured. */
export interface Method {
  readonly mechanism: string;
  readonly version: number;
  readonly category: CategoryRules;
  readonly vocabularies: Readonly<Record<Facet, Vocabulary>>;
  readonly weights: Readonly<Record<string, Weights>>;
  /** The share of its proposals that was right, by facet and code; `*` for codes seen too rarely. */
  readonly precision: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Words that are shown for one proposal. */
const MOST_WORDS = 5;
/** Where nothing was measured. */
const UNMEASURED = 0.5;

interface Found {
  readonly code: string;
  readonly words: readonly string[];
  readonly likelihood?: number;
}

/** What proposes a classification for a text by a method: pure, and in less than a millisecond. */
export function proposing(method: Method): (text: string) => Proposals {
  const { vocabularies, weights } = method;
  const categoryOf = readCategories(method.category);
  const finders = new Map(FACETS.map((facet) => [facet, finderOf(vocabularies[facet], weights)]));
  const confidence = (facet: Facet, code: string): number =>
    method.precision[facet]?.[code] ?? method.precision[facet]?.['*'] ?? UNMEASURED;

  return (text) => {
    const words = wordsOf(text);
    const category = categoryOf(text);
    /** By `vocabulary/code`: what other codes may follow. */
    const seen = new Map<string, readonly string[]>();
    const propose = (facet: Facet): Proposed[] => {
      const found = finders.get(facet)!(words, seen);
      for (const { code, words: led } of found) {
        seen.set(`${vocabularies[facet].vocabulary}/${code}`, led);
      }
      return found.map(({ code, words: led, likelihood }) => ({
        code,
        confidence: round(likelihood ?? confidence(facet, code)),
        words: led.slice(0, MOST_WORDS),
      }));
    };
    // Each may follow those before it.
    const themes = propose('themes');
    const affectedPersons = propose('affectedPersons');
    const sdgTargets = propose('sdgTargets');
    const sdgGoals = propose('sdgGoals');
    return {
      category: category
        ? [
            {
              code: category.category,
              confidence: round(confidence('category', category.category)),
              words: category.words,
            },
          ]
        : [],
      themes,
      affectedPersons,
      sdgGoals,
      sdgTargets,
    };
  };
}

const round = (share: number): number => Math.round(share * 100) / 100;

type Finder = (words: readonly string[], seen: ReadonlyMap<string, readonly string[]>) => Found[];

/** By learnt weights where the vocabulary has them, else by its terms and what it follows. */
function finderOf({ vocabulary, codes }: Vocabulary, all: Method['weights']): Finder {
  const learnt = all[vocabulary];
  if (learnt) return (words) => weighWords(learnt, words);
  const rules = codes.map(({ code, terms = [], follows = [] }) => ({
    code,
    find: findTerms(terms),
    followed: follows.map(
      (each) => (name: string) =>
        each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each,
    ),
  }));
  return (words, seen) => {
    const joined = joinWords(words);
    return rules.flatMap(({ code, find, followed }) => {
      const own = find(joined);
      const others = [...seen].filter(([name]) => followed.some((follows) => follows(name)));
      const led = [...new Set([...own, ...others.flatMap(([, each]) => each)])];
      return own.length > 0 || others.length > 0 ? [{ code, words: led }] : [];
    });
  };
}
