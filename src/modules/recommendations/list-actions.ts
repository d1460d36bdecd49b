import { isLate } from '../../kernel/deadlines.js';
import { offered, offeredAll } from '../../kernel/offered.js';
import { stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { codeRefusing } from '../../platform/refused.js';
import {
  assertFiler,
  beginningRefused,
  latestDeadline,
  rolesOfSide,
  type Standing,
} from '../proceedings/index.js';
import { assertClassifies, assertMay, itemRule } from './find-item.js';
import type { RecommendationRow } from './recommendations.repository.js';

interface Ground {
  readonly tx: Tx;
  readonly standing: Standing;
  readonly row: RecommendationRow;
}

/** Why the act is refused at this stage: it is not offered at all, or not now. */
const untimely = ({ standing }: Ground, during: readonly string[] | undefined): string | null => {
  if (!during) return 'not-offered';
  return during.includes(standing.proceeding.status) ? null : 'wrong-stage';
};

/** How each State stands for which the viewer may speak. */
const stances = ({ tx, row }: Ground): string[] =>
  row.recommendingStates
    .filter(({ state }) =>
      tx.viewer?.seats.some(
        ({ side, permissions }) => side === stateSide(state) && permissions.includes('submit'),
      ),
    )
    .map(({ status }) => status);

/** What the viewer could do with a recommendation now, what stands against it, and until when. */
export async function itemActions(tx: Tx, standing: Standing, row: RecommendationRow) {
  const ground = { tx, standing, row };
  const { during, withdrawnDuring } = itemRule(standing);
  const draft = row.status === 'draft' ? null : 'already-submitted';
  const made = row.status === 'submitted' ? null : 'wrong-stage';
  const mine = stances(ground);
  const invited = mine.includes('invited');
  const confirmed = mine.includes('confirmed') ? null : 'wrong-role';
  const confirm = mine.length === 0 ? 'wrong-role' : invited ? null : 'already-given';
  const may = (act: Parameters<typeof assertMay>[1], permission: 'prepare' | 'submit') =>
    codeRefusing(() => assertMay(standing, act, permission));
  const checks: Record<string, string | null> = {
    edit: codeRefusing(() => assertFiler(tx, row, 'prepare')) ?? draft,
    submit: codeRefusing(() => assertFiler(tx, row, 'submit')) ?? draft ?? untimely(ground, during),
    confirm: confirm ?? made,
    answer: confirmed ?? (row.words.open.length > 0 ? null : 'wording-settled'),
    'record-delivered': may('deliver', 'submit') ?? made,
    withdraw: withdrawnDuring
      ? (confirmed ?? made ?? untimely(ground, withdrawnDuring))
      : 'not-offered',
    'ask-split': may('ask-split', 'submit') ?? splitRefused(row),
    'decide-split':
      may('decide-split', 'submit') ??
      splitRefused(row) ??
      (row.words.open.length > 0 ? null : 'wording-settled'),
    label: may('label', 'submit'),
    classify: codeRefusing(() => assertClassifies(standing, row)),
    'prepare-position': may('answer', 'prepare'),
  };
  const { followUp } = standing.definition;
  if (followUp) {
    const by = [...followUp.status.by, ...followUp.assessments.by];
    const adopted = row.status === 'adopted' ? null : 'wrong-stage';
    checks['prepare-follow-up'] =
      beginningRefused(tx, standing, { by, during: followUp.during }) ?? adopted;
  }
  const { because, deadline } = await amending(ground, confirmed);
  return [...offeredAll(checks), offered('amend', because, deadline)];
}

function splitRefused({ status, wholeId }: RecommendationRow): string | null {
  if (status === 'split' || wholeId !== null) return 'already-split';
  return ['submitted', 'adopted'].includes(status) ? null : 'wrong-stage';
}

/** Before the adoption by its States or who corrects it, after it by its States, until a deadline. */
async function amending(
  ground: Ground,
  confirmed: string | null,
): Promise<{ because: string | null; deadline: string | null }> {
  const { tx, standing, row } = ground;
  const { wording } = itemRule(standing);
  if (!wording) return { because: 'not-offered', deadline: null };
  const corrects = tx.viewer?.seats.some(
    ({ side, permissions }) =>
      permissions.includes('submit') &&
      rolesOfSide(standing, side).some((role) => wording.correctedBy.includes(role)),
  );
  if (row.status === 'submitted') {
    const role = corrects ? null : confirmed;
    return { because: role ?? untimely(ground, wording.during), deadline: null };
  }
  if (row.status !== 'adopted') return { because: 'wrong-stage', deadline: null };
  const closing = await latestDeadline(tx, row.proceedingId, wording.corrigendaUntil);
  const due = closing?.due.toISOString();
  if (confirmed !== null || due === undefined) {
    return { because: corrects || due === undefined ? 'wrong-stage' : confirmed, deadline: null };
  }
  return { because: isLate(tx.now.toISOString(), due) ? 'too-late' : null, deadline: due };
}
