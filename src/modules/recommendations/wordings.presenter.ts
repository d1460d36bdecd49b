import type { Recommendation } from './recommendations.entity.js';
import type { RecommendationRow } from './recommendations.repository.js';
import type { AnswerRow, WordingRow } from './wordings.repository.js';

/** @param answers those to every wording of the recommendation */
export const presentWording = (row: WordingRow, answers: readonly AnswerRow[]) => ({
  n: row.n,
  kind: row.kind,
  by: row.bySide,
  texts: row.texts,
  reason: row.reason,
  replaces: row.replaces,
  status: row.status,
  proposedAt: row.proposedAt.toISOString(),
  settledAt: row.settledAt?.toISOString() ?? null,
  decidedBy: row.decidedBy,
  decision: row.decision,
  answers: answers
    .filter(({ n }) => n === row.n)
    .map(({ state, accepted, answeredAt }) => ({
      state,
      accepted,
      answeredAt: answeredAt.toISOString(),
    })),
});

/** How another of its family stands to a recommendation. */
export const presentSplitEnd = (
  { wholeId }: Pick<Recommendation, 'wholeId'>,
  other: RecommendationRow,
) => ({
  as: wholeId === other.id ? ('whole' as const) : ('part' as const),
  recommendationId: other.id,
  label: other.label,
  text: other.text,
  status: other.status,
  publicId: other.published ? other.publicId : null,
});
