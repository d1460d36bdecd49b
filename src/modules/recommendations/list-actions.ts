import { stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { Refused } from '../../platform/refused.js';
import { assertFiler, beginningRefused } from '../documents/index.js';
import type { Standing } from '../proceedings/index.js';
import { assertClassifies, assertMay, itemRule } from './find-item.js';
import type { RecommendationRow } from './recommendations.repository.js';

/** The code with which a check refuses, or null. */
function refusalOf(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

/** What the viewer could do with a recommendation now, and what stands against it. */
export function itemActions(tx: Tx, standing: Standing, row: RecommendationRow) {
  const inTime = itemRule(standing).during.includes(standing.proceeding.status);
  const draft = row.status === 'draft' ? null : 'already-submitted';
  const mine = row.recommendingStates.filter(({ state }) =>
    tx.viewer?.seats.some(
      (seat) => seat.side === stateSide(state) && seat.permissions.includes('submit'),
    ),
  );
  const invited = mine.some(({ status }) => status === 'invited');
  const confirm = mine.length === 0 ? 'wrong-role' : invited ? null : 'already-given';
  const checks: Record<string, string | null> = {
    edit: refusalOf(() => assertFiler(tx, row, 'prepare')) ?? draft,
    submit:
      refusalOf(() => assertFiler(tx, row, 'submit')) ?? draft ?? (inTime ? null : 'wrong-stage'),
    confirm: confirm ?? (row.status === 'submitted' ? null : 'wrong-stage'),
    label: refusalOf(() => assertMay(standing, 'label', 'submit')),
    classify: refusalOf(() => assertClassifies(standing, row)),
    'prepare-position': refusalOf(() => assertMay(standing, 'answer', 'prepare')),
  };
  const { followUp } = standing.definition;
  if (followUp) {
    const by = [...followUp.status.by, ...followUp.assessments.by];
    const adopted = row.status === 'adopted' ? null : 'wrong-stage';
    checks['prepare-follow-up'] =
      beginningRefused(tx, standing, { by, during: followUp.during }) ?? adopted;
  }
  return Object.entries(checks).map(([action, because]) => ({
    action,
    allowed: because === null,
    because,
    deadline: null,
  }));
}
