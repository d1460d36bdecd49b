import type { DeadlineSet, PlacedReview, Translating } from './desk.repository.js';
import { dueIn, lackingIn, missingIn, movesOf, type Ground } from './desk.rules.js';

const presentDue = ({ key, owedBy, due, dueLocal, zone }: DeadlineSet) => ({
  deadline: key,
  owedBy,
  due: due.toISOString(),
  dueLocal,
  zone,
});

export interface AtDesk {
  readonly review: PlacedReview;
  readonly ground: Ground;
  readonly documents: readonly Translating[];
}

export function presentAtDesk({ review, ground, documents }: AtDesk) {
  const { due, overdue } = dueIn(ground);
  return {
    reviewId: review.id,
    stateUnderReview: review.subject,
    status: review.status,
    statusSince: review.enteredAt.toISOString(),
    test: review.test,
    starts: review.starts.toISOString(),
    ends: review.ends.toISOString(),
    outcomeStarts: review.outcomeStarts?.toISOString() ?? null,
    nextDeadline: due[0] ? presentDue(due[0]) : null,
    due: due.map(presentDue),
    overdue: overdue.map(presentDue),
    missing: missingIn(ground),
    inTranslation: lackingIn(documents),
    moves: movesOf(ground),
    version: review.version,
  };
}
