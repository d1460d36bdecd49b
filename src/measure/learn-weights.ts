import { logistic, stemOf, wordsOf, type Weights } from '../modules/classification/index.js';

interface Example {
  readonly text: string;
  /** Where it comes from: a stem that occurs in few places is not learnt. */
  readonly states: readonly string[];
  readonly codes: ReadonlySet<string>;
}

/** Looked up once: this is asked some hundred million times. */
const { sqrt } = Math;

/** What was tried on the training rows and kept. */
const LEARNING = { rounds: 4, rate: 0.3, states: 12, least: 1, from: 0.4 };

/**
 * Learns for each code how much each stem speaks for it or against: logistic regressions, one a
 * code, by gradient descent with a rate of its own for each weight (AdaGrad). The same examples
 * give the same weights.
 */
export function learnWeights(examples: readonly Example[], codes: readonly string[]): Weights {
  const stems = knownStems(examples);
  const rows = examples.map(({ text, codes: mine }) => ({
    stems: stemsOf(text).flatMap((stem) => stems.get(stem) ?? []),
    is: codes.map((code) => (mine.has(code) ? 1 : 0)),
  }));
  const width = codes.length;
  const weights = new Float64Array((stems.size + 1) * width);
  const gradients = new Float64Array(weights.length).fill(1e-2);
  const bias = stems.size;
  const sums = new Float64Array(width);
  for (let round = 0; round < LEARNING.rounds; round += 1) {
    for (const at of shuffled(rows.length, round)) {
      const { stems: present, is } = rows[at]!;
      const features = [...present, bias];
      sums.fill(0);
      for (const feature of features) {
        for (let code = 0; code < width; code += 1) sums[code]! += weights[feature * width + code]!;
      }
      for (let code = 0; code < width; code += 1) sums[code] = logistic(sums[code]!) - is[code]!;
      for (const feature of features) {
        for (let code = 0; code < width; code += 1) {
          const place = feature * width + code;
          const gradient = sums[code]!;
          gradients[place]! += gradient * gradient;
          weights[place]! -= (LEARNING.rate * gradient) / sqrt(gradients[place]!);
        }
      }
    }
  }
  const weightOf = (feature: number, code: number): number =>
    round(weights[feature * width + code]!);
  return {
    from: LEARNING.from,
    codes: Object.fromEntries(
      codes.map((code, at) => {
        const speaking = [...stems]
          .map(([stem, feature]): [string, number] => [stem, weightOf(feature, at)])
          .filter(([, weight]) => Math.abs(weight) >= LEARNING.least)
          .toSorted(([a], [b]) => (a < b ? -1 : 1));
        return [code, { bias: weightOf(bias, at), stems: Object.fromEntries(speaking) }];
      }),
    ),
  };
}

const round = (weight: number): number => Math.round(weight * 10) / 10;
const stemsOf = (text: string): string[] => [...new Set(wordsOf(text).map(stemOf))];

/** Stems that many States were told, by their places; numbers and years say nothing. */
function knownStems(examples: readonly Example[]): Map<string, number> {
  const states = new Map<string, Set<string>>();
  for (const { text, states: told } of examples) {
    for (const stem of stemsOf(text)) {
      const known = states.get(stem) ?? new Set();
      states.set(stem, known);
      for (const state of told) known.add(state);
    }
  }
  const common = [...states].filter(
    ([stem, told]) => told.size >= LEARNING.states && !/\d/.test(stem),
  );
  return new Map(common.map(([stem], at) => [stem, at]));
}

/** Every place once, in an order that is another in each round and always the same. */
function shuffled(length: number, seed: number): number[] {
  let state = seed + 1;
  const places = Array.from({ length }, (_, at) => at);
  for (let at = length - 1; at > 0; at -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (at + 1);
    [places[at], places[other]] = [places[other]!, places[at]!];
  }
  return places;
}
