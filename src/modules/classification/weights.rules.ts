import { stemOf } from './words.rules.js';

/** What was learnt of a vocabulary: for each code, how much each stem speaks for it or against. */
export interface Weights {
  /** Proposed from this likelihood on. */
  readonly from: number;
  readonly codes: Readonly<
    Record<string, { readonly bias: number; readonly stems: Readonly<Record<string, number>> }>
  >;
}

interface Weighed {
  readonly code: string;
  /** From 0 to 1. */
  readonly likelihood: number;
  /** The words that spoke for it, the strongest first. */
  readonly words: readonly string[];
}

const MOST_WORDS = 5;

const { exp } = Math;

/** The likelihood of a code is the logistic of its bias and of the weights of the text's stems. */
export const logistic = (sum: number): number => 1 / (1 + exp(-sum));

/** The codes that the words of a text speak for, the likeliest first. */
export function weighWords({ codes, from }: Weights, words: readonly string[]): Weighed[] {
  const byStem = new Map(words.map((word) => [stemOf(word), word]));
  return Object.entries(codes)
    .map(([code, { bias, stems }]) => {
      const speaking = [...byStem].flatMap(([stem, word]) => {
        const weight = stems[stem];
        return weight === undefined ? [] : [{ word, weight }];
      });
      const sum = speaking.reduce((total, { weight }) => total + weight, bias);
      const strongest = speaking
        .filter(({ weight }) => weight > 0)
        .toSorted((a, b) => b.weight - a.weight);
      return {
        code,
        likelihood: logistic(sum),
        words: strongest.slice(0, MOST_WORDS).map(({ word }) => word),
      };
    })
    .filter(({ likelihood }) => likelihood >= from)
    .toSorted((a, b) => b.likelihood - a.likelihood);
}
