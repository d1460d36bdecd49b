import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { forEachOrRefuse, found } from '../../platform/refused.js';
import {
  assertMay,
  GivePositions,
  Position,
  positionBody,
  recommendationsIn,
  type RecommendationRow,
} from '../recommendations/index.js';
import { bodyOf } from './read-given.js';
import {
  filled,
  shown,
  type Asking,
  type Change,
  type Column,
  type Item,
  type Worklist,
} from './worklists.rules.js';

/** The State's positions on the recommendations that it was made: prepared, then given. */
@Injectable()
export class PositionsWorklist implements Worklist {
  readonly kind = 'positions';
  readonly shows = { 'position-unknown': 'position' };

  constructor(private readonly giving: GivePositions) {}

  columns(_tx: Tx, { standing }: Asking): Promise<Column[]> {
    return Promise.resolve([
      shown('label', 10),
      shown('recommendation', 70),
      shown('recommendingStates', 20),
      shown('given', 16),
      filled('position', 16, standing.definition.responses?.values ?? []),
      filled('statedPosition', 30),
      filled('comment', 60),
    ]);
  }

  async items(tx: Tx, { standing }: Asking): Promise<Item[]> {
    assertMay(standing, 'answer', 'prepare');
    const { id: proceedingId } = standing.proceeding;
    const rows = await recommendationsIn(tx, proceedingId, ['submitted', 'adopted']);
    const drafts = await tx.find(Position, { proceedingId, status: 'draft' });
    const byItem = new Map(drafts.map((draft) => [draft.recommendationId, draft]));
    return rows.map((row) => {
      const draft = byItem.get(row.id);
      return {
        id: row.id,
        version: draft?.version ?? 0,
        cells: {
          ...wordsOf(row),
          given: row.standing?.position ?? '',
          position: draft?.position ?? '',
          statedPosition: draft?.statedPosition ?? '',
          comment: draft?.comment ?? '',
        },
      };
    });
  }

  async change(tx: Tx, { standing }: Asking, changes: readonly Change[]): Promise<void> {
    const { id } = standing.proceeding;
    const rows = await recommendationsIn(tx, id, ['submitted', 'adopted']);
    const byId = new Map(rows.map((row) => [row.id, row]));
    await forEachOrRefuse(
      changes,
      (change) => change.id,
      async ({ id: itemId, version, given }) => {
        const row = found(byId.get(itemId));
        await this.giving.prepareOne(tx, { row, standing }, bodyOf(positionBody, given), version);
      },
    );
  }

  async submit(tx: Tx, { standing }: Asking): Promise<number> {
    return (await this.giving.giveAll(tx, standing)).given;
  }
}

/** A recommendation as everybody on the list reads it. */
export const wordsOf = ({ label, text, recommendingStates }: RecommendationRow) => ({
  label: label ?? '',
  recommendation: text ?? '',
  recommendingStates: recommendingStates
    .filter(({ status }) => status === 'confirmed')
    .map(({ state }) => state)
    .join(', '),
});
