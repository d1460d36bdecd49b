import { Injectable } from '@nestjs/common';
import { PARTIES } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { Refused } from '../../platform/refused.js';
import { Engine, type Standing } from '../proceedings/index.js';
import { assertMay } from './find-item.js';
import { Recommendation } from './recommendations.entity.js';
import { tally } from './recommendations.repository.js';
import { labelOrder, repeatedLabels } from './recommendations.rules.js';
import type * as op from './recommendations.schemas.js';

/** A recommendation, and the label that it gets. */
interface Given {
  readonly id: string;
  readonly label: string;
}

/** Labels come from the report, never from the order of input; all of them are set, or none. */
@Injectable()
export class LabelRecommendations {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  run({ viewer, params, body }: Input<typeof op.labelRecommendations>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id, { lock: true });
      return this.give(tx, standing, body.labels);
    });
  }

  /** Under the proceeding's lock. @throws Refused unless the viewer may, and all of them can be */
  async give(tx: Tx, standing: Standing, labels: readonly Given[]) {
    const { id: proceedingId } = standing.proceeding;
    assertMay(standing, 'label', 'submit');
    const all = await labelled(tx, proceedingId);
    const known = new Map(all.map((row) => [row.id, row]));
    const unknown = labels.filter(({ id }) => !known.has(id)).map(({ id }) => id);
    if (unknown.length > 0) throw new Refused('unknown-recommendation', { unknown });
    const ids = repeatedLabels(labels.map(({ id }) => id));
    const after = new Map(all.map(({ id, label }) => [id, label]));
    for (const { id, label } of labels) after.set(id, label);
    const repeated = [...repeatedLabels([...after.values()]), ...ids];
    if (repeated.length > 0) throw new Refused('already-exists', { labels: repeated });
    await tx.asProcedure(proceedingId, () => give(tx, labels, known));
    const { unlabelled } = await tally(tx, proceedingId);
    await append(tx, {
      proceedingId,
      compartment: PARTIES,
      what: 'recommendations-labelled',
      by: 'secretariat',
      at: tx.now,
      facts: {
        labelled: labels.length,
        unlabelled,
        labels: labels.map(({ id, label }) => `${id} ${label}`),
      },
    });
    return { labelled: labels.length, unlabelled };
  }
}

/** What bears a label of the report: also what was split, whose parts have their own. */
async function labelled(tx: Tx, proceedingId: string): Promise<Recommendation[]> {
  const made = await tx.find(Recommendation, { proceedingId, status: 'submitted' });
  return [...made, ...(await tx.find(Recommendation, { proceedingId, status: 'split' }))];
}

/** As the procedure: first all are taken, so that two may change places. */
async function give(
  tx: Tx,
  labels: readonly Given[],
  known: ReadonlyMap<string, Recommendation>,
): Promise<void> {
  for (const { id } of labels) {
    await tx.update(Recommendation, { id }, { label: null, labelOrder: null });
  }
  for (const { id, label } of labels) {
    const { version } = known.get(id)!;
    const set = { label, labelOrder: labelOrder(label), version: version + 1 };
    const swapped = await tx.update(Recommendation, { id, version }, set);
    if (swapped === 0) throw new Refused('stale', { id, version });
  }
}
