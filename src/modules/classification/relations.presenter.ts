import type { RecommendationRow } from '../recommendations/index.js';
import type { Related } from '../record/index.js';
import type { RepeatDecision } from './classification.entity.js';
import type { Earlier } from './classification.repository.js';
import { comparedStates, likelyRepeats, sameWords } from './repeats.rules.js';

interface Known {
  readonly earlier: readonly Earlier[];
  readonly decisions: readonly RepeatDecision[];
  /** Confirmed ones, with what they repeat. */
  readonly chain: readonly Related[];
}

export function presentRelations(row: RecommendationRow, { earlier, decisions, chain }: Known) {
  const likely = likelyRepeats(row.text, earlier);
  const decided = decisions.map(({ ofId }) => ofId);
  const shown = [...new Set([...likely.map(({ id }) => id), ...decided])];
  const makers = row.recommendingStates
    .filter(({ status }) => status !== 'declined' && status !== 'lapsed')
    .map(({ state }) => state);
  return {
    recommendationId: row.id,
    repeats: shown.flatMap((id) => {
      const of = earlier.find((each) => each.id === id);
      // Its words were withdrawn since.
      if (!of) return [];
      const likeness = likely.find((each) => each.id === id);
      const decision = decisions.findLast(({ ofId }) => ofId === id);
      return {
        of,
        proposed: likeness
          ? { by: 'machine' as const, similarity: Math.round(likeness.similarity * 100) / 100 }
          : null,
        decided: decision
          ? {
              by: 'human' as const,
              repeats: decision.repeats,
              side: decision.side,
              at: decision.at.toISOString(),
            }
          : null,
        text: sameWords(row.text, of.text) ? ('same' as const) : ('changed' as const),
        states: comparedStates(makers, of.recommendingStates),
      };
    }),
    earlier: [...chain],
    cycles: new Set(chain.map(({ cycle }) => cycle)).size + 1,
    version: decisions.length,
  };
}
