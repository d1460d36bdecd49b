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
import type { Standing } from '../proceedings/index.js';
import { bodyOf } from './read-given.js';
import {
  filled,
  shown,
  type Asking,
  type Change,
  type Column,
  type Item,
  type Opened,
  type Worklist,
} from './worklists.rules.js';

/** The State's positions on the recommendations that it was made: prepared, then given. */
@Injectable()
export class PositionsWorklist implements Worklist {
  readonly kind = 'positions';

  constructor(private readonly giving: GivePositions) {}

  async open(tx: Tx, { standing }: Asking): Promise<Opened> {
    assertMay(standing, 'answer', 'prepare');
    const { id: proceedingId } = standing.proceeding;
    const rows = await recommendationsIn(tx, proceedingId, ['submitted', 'adopted']);
    const drafts = await tx.find(Position, { proceedingId, status: 'draft' });
    const prepared = new Map(drafts.map((draft) => [draft.recommendationId, draft]));
    const byId = new Map(rows.map((row) => [row.id, row]));
    const prepare = async ({ id, version, given }: Change): Promise<void> => {
      const item = { row: found(byId.get(id)), standing };
      await this.giving.prepareOne(tx, item, bodyOf(positionBody, given), version);
    };
    return {
      columns: columnsOf(standing),
      items: rows.map((row) => itemOf(row, prepared.get(row.id))),
      shows: { 'position-unknown': 'position' },
      change: (changes) => forEachOrRefuse(changes, ({ id }) => id, prepare),
      submit: async (items) => (await this.giving.giveAll(tx, standing, items)).given,
    };
  }
}

const columnsOf = ({ definition }: Standing): Column[] => [
  shown('label', 10),
  shown('recommendation', 70),
  shown('recommendingStates', 20),
  shown('given', 16),
  filled('position', 16, definition.responses?.values ?? []),
  filled('statedPosition', 30),
  filled('comment', 60),
];

const itemOf = (row: RecommendationRow, draft: Position | undefined): Item => ({
  id: row.id,
  version: draft?.version ?? 0,
  cells: {
    ...wordsOf(row),
    given: row.standing?.position ?? '',
    position: draft?.position ?? '',
    statedPosition: draft?.statedPosition ?? '',
    comment: draft?.comment ?? '',
  },
});

/** The States that stand under a recommendation. */
export const makersOf = ({ recommendingStates }: RecommendationRow): string[] =>
  recommendingStates.filter(({ status }) => status === 'confirmed').map(({ state }) => state);

/** A recommendation as everybody on the list reads it. */
export const wordsOf = (row: RecommendationRow) => ({
  label: row.label ?? '',
  recommendation: row.text ?? '',
  recommendingStates: makersOf(row).join(', '),
});
