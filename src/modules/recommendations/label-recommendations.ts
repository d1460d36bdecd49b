import { Injectable } from '@nestjs/common';
import { PARTIES } from '../../kernel/sides.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { Refused } from '../../platform/refused.js';
import { Engine } from '../proceedings/index.js';
import { assertMay } from './find-item.js';
import { Recommendation } from './recommendations.entity.js';
import { tally } from './recommendations.repository.js';
import { labelOrder } from './recommendations.rules.js';
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
      const all = await tx.find(Recommendation, { proceedingId: params.id, status: 'submitted' });
      const known = new Map(all.map((row) => [row.id, row]));
      const unknown = body.labels.filter(({ id }) => !known.has(id)).map(({ id }) => id);
      if (unknown.length > 0) throw new Refused('unknown-recommendation', { unknown });
      const repeated = repeatedLabels(body.labels, all);
      if (repeated.length > 0) throw new Refused('already-exists', { labels: repeated });
      for (const { id } of body.labels) {
        await tx.update(Recommendation, { id }, { label: null, labelOrder: null });
      }
      for (const { id, label } of body.labels) {
        const { version } = known.get(id)!;
        const set = { label, labelOrder: labelOrder(label), version: version + 1 };
        const swapped = await tx.update(Recommendation, { id, version }, set);
        if (swapped === 0) throw new Refused('stale', { id, version });
      }
      const { unlabelled } = await tally(tx, params.id);
      const labelled = body.labels.length;
      const happening = {
        proceedingId: params.id,
        compartment: PARTIES,
        what: 'recommendations-labelled',
        by: 'secretariat',
        at: tx.now,
        facts: {
          labelled,
          unlabelled,
          labels: body.labels.map(({ id, label }) => `${id} ${label}`),
        },
      };
      await append(tx, happening);
      return { labelled, unlabelled };
    });
  }
}

type Given = readonly { readonly id: string; readonly label: string }[];

/** Labels that two recommendations would bear, after these are given. */
function repeatedLabels(given: Given, all: readonly Recommendation[]): string[] {
  const after = new Map(all.map(({ id, label }) => [id, label]));
  for (const { id, label } of given) after.set(id, label);
  const labels = [...after.values()].filter((label) => label !== null);
  const twice = labels.filter((label, index) => labels.indexOf(label) < index);
  const ids = given.map(({ id }) => id);
  return [...new Set([...twice, ...ids.filter((id, index) => ids.indexOf(id) < index)])];
}
