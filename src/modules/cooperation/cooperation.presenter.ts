import type { Proceeding, StageEntry } from '../proceedings/index.js';
import type { CooperationDecision } from './cooperation.entity.js';
import type { stepsOf } from './cooperation.rules.js';

interface Shown {
  readonly proceeding: Proceeding;
  readonly steps: ReturnType<typeof stepsOf>;
  readonly moves: readonly StageEntry[];
  readonly decisions: readonly CooperationDecision[];
}

export const presentCooperation = ({ proceeding, steps, moves, decisions }: Shown) => ({
  id: proceeding.id,
  steps: steps.map(({ at, ...step }) => ({ ...step, at: at?.toISOString() ?? null })),
  absences: moves
    .filter(({ move }) => move === 'record-absence')
    .map(({ enteredAt, reason }) => ({ at: enteredAt.toISOString(), regret: reason })),
  decisions: decisions.map((each) => ({
    id: each.id,
    finding: each.finding,
    reasons: each.reasons,
    citation: each.citation,
    measures: each.measures,
    decidedOn: each.decidedOn,
    by: each.byRole,
    recordedAt: each.recordedAt.toISOString(),
  })),
  version: proceeding.version,
});
