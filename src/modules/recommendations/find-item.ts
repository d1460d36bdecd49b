import type { RecommendationRule } from '../../kernel/item-rules.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Permission } from '../../platform/identity/viewer.js';
import { found, Refused, raise } from '../../platform/refused.js';
import type { Engine, Standing } from '../proceedings/index.js';
import { Recommendation } from './recommendations.entity.js';
import { recommendationById, type RecommendationRow } from './recommendations.repository.js';
import { actRefused, type Act } from './recommendations.rules.js';

/** @throws Refused `unknown-kind` where the procedure has no recommendations */
export function itemRule({ definition }: Pick<Standing, 'definition'>): RecommendationRule {
  const rule = definition.items?.find((each) => each.item === 'recommendation');
  if (!rule) throw new Refused('unknown-kind', { kind: 'recommendation', known: [] });
  return rule;
}

/** @throws Refused unless the viewer's roles and the stage allow the act */
export function assertMay(standing: Standing, act: Act, permission: Permission): void {
  raise(
    actRefused(itemRule(standing), act, {
      held: standing.roles(),
      permitted: standing.roles(permission),
      permission,
      stage: standing.proceeding.status,
    }),
  );
}

/** A recommendation that the viewer may see, with its proceeding; as it is under the lock, if asked. */
export async function itemStanding(
  tx: Tx,
  engine: Engine,
  id: string,
  { lock = false } = {},
): Promise<{ row: RecommendationRow; standing: Standing }> {
  const row = found(await recommendationById(tx, id));
  const standing = await engine.standing(tx, row.proceedingId, { lock });
  return { row: lock ? found(await recommendationById(tx, id)) : row, standing };
}

/** @throws Refused unless the viewer may say what a recommendation is about, now that it is made */
export function assertClassifies(standing: Standing, { status }: Pick<Recommendation, 'status'>) {
  assertMay(standing, 'classify', 'submit');
  if (status !== 'submitted' && status !== 'adopted') throw new Refused('wrong-stage', { status });
}

/** Takes the next version number, unless somebody else has. */
export async function swap(tx: Tx, { id, version }: Recommendation, set: Partial<Recommendation>) {
  const swapped = await tx.update(
    Recommendation,
    { id, version },
    { ...set, version: version + 1 },
  );
  if (swapped === 0) throw new Refused('stale', { version });
}
