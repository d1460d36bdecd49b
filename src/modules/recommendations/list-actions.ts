import { stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { codeRefusing } from '../../platform/refused.js';
import { assertFiler, type Standing } from '../proceedings/index.js';
import { assertClassifies, assertMay, itemRule } from './find-item.js';
import type { RecommendationRow } from './recommendations.repository.js';

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
    edit: codeRefusing(() => assertFiler(tx, row, 'prepare')) ?? draft,
    submit:
      codeRefusing(() => assertFiler(tx, row, 'submit')) ??
      draft ??
      (inTime ? null : 'wrong-stage'),
    confirm: confirm ?? (row.status === 'submitted' ? null : 'wrong-stage'),
    label: codeRefusing(() => assertMay(standing, 'label', 'submit')),
    classify: codeRefusing(() => assertClassifies(standing, row)),
    'prepare-position': codeRefusing(() => assertMay(standing, 'answer', 'prepare')),
  };
  return Object.entries(checks).map(([action, because]) => ({
    action,
    allowed: because === null,
    because,
    deadline: null,
  }));
}
