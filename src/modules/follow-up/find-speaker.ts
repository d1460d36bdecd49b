import type { FollowUpRule } from '../../kernel/definition.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Permission } from '../../platform/identity/viewer.js';
import { Refused } from '../../platform/refused.js';
import { filingSide, rolesOfSide, type Standing } from '../proceedings/index.js';
import { kindOf, speakers } from './follow-up.rules.js';

/** Who speaks, and under which rule. */
export interface Speaker {
  readonly rule: FollowUpRule;
  readonly side: string;
  readonly kind: ReturnType<typeof kindOf>;
}

/**
 * Through which of their sides the viewer speaks of implementation here, now.
 *
 * @throws Refused `not-offered`, `wrong-role`, `permission-missing`, `side-ambiguous`,
 *   `wrong-stage`
 */
export async function speakerOf(
  tx: Tx,
  standing: Standing,
  { as, permission }: { as?: string | undefined; permission: Permission },
): Promise<Speaker> {
  const rule = standing.definition.followUp;
  if (!rule) throw new Refused('not-offered');
  const { side } = await filingSide(tx, standing, { by: speakers(rule), as, permission });
  const { status } = standing.proceeding;
  if (!rule.during.includes(status)) {
    throw new Refused('wrong-stage', { status, during: rule.during });
  }
  return { rule, side, kind: kindOf(rule, rolesOfSide(standing, side)) };
}
