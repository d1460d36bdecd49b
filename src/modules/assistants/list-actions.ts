import { offered, offeredAll, type Offered } from '../../kernel/offered.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import { stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { codeRefusing, raise } from '../../platform/refused.js';
import { seatedSide, type Offer, type Standing } from '../proceedings/index.js';
import type { AssistantRow } from './assistants.repository.js';
import { acceptRefused, endRefused } from './assistants.rules.js';

/**
 * The first of these sides that the viewer manages.
 *
 * @throws Refused `wrong-role` or `permission-missing`
 */
export const managed = (tx: Tx, ...sides: readonly string[]): string =>
  seatedSide(tx, sides, 'manage');

/** Nobody is helped any more in what has come to its end. */
export const stageRefused = ({ proceeding, definition }: Standing): Refusal | null => {
  const { status } = proceeding;
  const over = definition.stages.some(({ stage, final }) => final && stage === status);
  return over ? refusal('wrong-stage', { status }) : null;
};

export function assistantActions(tx: Tx, standing: Standing, row: AssistantRow): Offered[] {
  const { side, organization } = row;
  const managing = (...by: readonly string[]) => codeRefusing(() => managed(tx, ...by));
  const stage = codeRefusing(() => raise(stageRefused(standing)));
  return offeredAll({
    accept: managing(organization) ?? stage ?? acceptRefused(row)?.code ?? null,
    end: managing(side, organization) ?? endRefused(row)?.code ?? null,
  });
}

/** Who manages the delegation may name somebody. */
export const assistantOffer: Offer = {
  actions(tx, standing) {
    const side = stateSide(standing.proceeding.subject);
    const because = codeRefusing(() => {
      managed(tx, side);
      raise(stageRefused(standing));
    });
    return Promise.resolve([offered('name:assistant', because)]);
  },
};
