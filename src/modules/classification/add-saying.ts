import { randomUUID } from 'node:crypto';
import type { Tx } from '../../platform/database/tx.js';
import { Recommendation } from '../recommendations/index.js';
import { ClassificationAct } from './classification.entity.js';
import { standingOf } from './standing.rules.js';

type Item = Pick<Recommendation, 'id' | 'proceedingId' | 'compartment'>;
type Saying = Pick<ClassificationAct, 'by' | 'side' | 'method' | 'facets'>;

/**
 * Adds to what is said of a recommendation, and keeps beside it what stands now. As the procedure.
 *
 * @param before everything that was said of it, in its order
 */
export async function addSaying(
  tx: Tx,
  { item, mechanism }: { readonly item: Item; readonly mechanism: string },
  before: readonly ClassificationAct[],
  saying: Saying,
): Promise<void> {
  const { id: recommendationId, proceedingId, compartment } = item;
  const place = { proceedingId, compartment, recommendationId };
  const act = { id: randomUUID(), ...place, n: before.length + 1, at: tx.now, ...saying };
  await tx.insert(ClassificationAct, act);
  const classification = standingOf(mechanism, [...before, act]);
  await tx.update(Recommendation, { id: recommendationId }, { classification });
}
