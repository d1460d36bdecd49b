import { Injectable } from '@nestjs/common';
import { PARTIES } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { Refused } from '../../platform/refused.js';
import { Engine } from '../proceedings/index.js';
import { assertMay } from './find-item.js';
import { Recommendation } from './recommendations.entity.js';
import { tally } from './recommendations.repository.js';
import { labelOrder, repeatedLabels } from './recommendations.rules.js';
import type * as op from './recommendations.schemas.js';

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
      assertMay(standing, 'label', 'submit');
      const all = await labelled(tx, params.id);
      const known = new Map(all.map((row) => [row.id, row]));
      const unknown = body.labels.filter(({ id }) => !known.has(id)).map(({ id }) => id);
      if (unknown.length > 0) throw new Refused('unknown-recommendation', { unknown });
      const ids = repeatedLabels(body.labels.map(({ id }) => id));
      const after = new Map(all.map(({ id, label }) => [id, label]));
      for (const { id, label } of body.labels) after.set(id, label);
      const repeated = [...repeatedLabels([...after.values()]), ...ids];
      if (repeated.length > 0) throw new Refused('already-exists', { labels: repeated });
      await tx.asProcedure(params.id, () => give(tx, body.labels, known));
      const { unlabelled } = await tally(tx, params.id);
      const given = body.labels.length;
      const happening = {
        proceedingId: params.id,
        compartment: PARTIES,
        what: 'recommendations-labelled',
        by: 'secretariat',
        at: tx.now,
        facts: {
          labelled: given,
          unlabelled,
          labels: body.labels.map(({ id, label }) => `${id} ${label}`),
        },
      };
      await append(tx, happening);
      return { labelled: given, unlabelled };
    });
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
  labels: readonly { readonly id: string; readonly label: string }[],
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
