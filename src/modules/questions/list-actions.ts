import { offeredAll } from '../../kernel/offered.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import { stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Standing } from '../proceedings/index.js';
import type { QuestionRow } from './questions.repository.js';
import { mayAsk, questionRulesOf, type QuestionRules } from './questions.rules.js';

/** Whether the viewer may act in one of these roles. */
export function roleRefused(standing: Standing, by: readonly string[]): Refusal | null {
  if (!standing.roles().some((role) => by.includes(role))) return refusal('wrong-role', { by });
  const may = standing.roles('submit').some((role) => by.includes(role));
  return may ? null : refusal('permission-missing', { permission: 'submit' });
}

/** Whoever also sits for the State that is asked would see what was asked before it may. */
export function clusteringRefused(
  standing: Standing,
  { clusteredBy, answeredBy }: QuestionRules,
): Refusal | null {
  if (standing.roles().includes(answeredBy)) return refusal('wrong-role', { by: clusteredBy });
  return roleRefused(standing, clusteredBy);
}

/** What the viewer could do with a question now, and what stands against it. */
export function questionActions(tx: Tx, standing: Standing, row: QuestionRow) {
  const rules = questionRulesOf(standing.definition);
  const mine = row.askingStates.filter(({ state }) =>
    tx.viewer?.seats.some(
      (seat) => seat.side === stateSide(state) && seat.permissions.includes('submit'),
    ),
  );
  const relayed = row.relayedAt !== null;
  const late = relayed ? 'wrong-stage' : null;
  const saying = (confirm: boolean): string | null => {
    if (mine.length === 0) return 'wrong-role';
    return mine.some((each) => mayAsk(row, each, { confirm })) ? late : 'already-given';
  };
  const answer = roleRefused(standing, [rules?.answeredBy ?? ''])?.code ?? null;
  return offeredAll({
    confirm: saying(true),
    decline: saying(false),
    'record-answer': answer ?? (relayed ? null : 'wrong-stage'),
  });
}
