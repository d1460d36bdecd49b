import type { PledgeRule } from '../../kernel/item-rules.js';
import type { Tx } from '../../platform/database/tx.js';
import { found, Refused } from '../../platform/refused.js';
import type { Engine, Standing } from '../proceedings/index.js';
import { Pledge } from './pledges.entity.js';

/** @throws Refused `not-offered` where the procedure knows no pledges */
export function pledgeRule({ definition }: Pick<Standing, 'definition'>): PledgeRule {
  const rule = definition.items?.find((each) => each.item === 'voluntary-pledge');
  if (!rule) throw new Refused('not-offered', { act: 'pledge' });
  return rule;
}

/** @throws Refused `wrong-stage` unless pledges are made at this stage */
export function assertDuring({ proceeding }: Standing, { during }: PledgeRule): void {
  const { status } = proceeding;
  if (!during.includes(status)) throw new Refused('wrong-stage', { status, during });
}

/** A pledge that the viewer may see, with its proceeding; as it is under the lock, if asked. */
export async function pledgeStanding(
  tx: Tx,
  engine: Engine,
  id: string,
  { lock = false } = {},
): Promise<{ row: Pledge; standing: Standing }> {
  const row = found(await tx.findOne(Pledge, { id }));
  const standing = await engine.standing(tx, row.proceedingId, { lock });
  return { row: lock ? found(await tx.findOne(Pledge, { id })) : row, standing };
}
