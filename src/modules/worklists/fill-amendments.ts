import { Injectable } from '@nestjs/common';
import { stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { forEachOrRefuse, Refused } from '../../platform/refused.js';
import { rolesOfSide } from '../proceedings/index.js';
import {
  AmendRecommendation,
  amendmentBody,
  itemRule,
  recommendationsIn,
  type RecommendationRow,
} from '../recommendations/index.js';
import { wordsOf } from './fill-positions.js';
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

/** Other texts for the recommendations that one's State makes, or that one corrects. */
@Injectable()
export class AmendmentsWorklist implements Worklist {
  readonly kind = 'amendments';
  readonly shows = { 'text-unchanged': 'text' };

  constructor(private readonly amending: AmendRecommendation) {}

  columns(): Promise<Column[]> {
    return Promise.resolve([
      shown('label', 10),
      shown('recommendation', 60),
      shown('recommendingStates', 20),
      filled('text', 60),
      filled('reason', 40),
    ]);
  }

  /** Nobody is shown what is only proposed: the column for it is empty, whoever asks. */
  async items(tx: Tx, asking: Asking): Promise<Item[]> {
    const own = this.sides(tx, asking);
    const { id } = asking.standing.proceeding;
    const rows = await recommendationsIn(tx, id, ['submitted', 'adopted']);
    return rows
      .filter((row) => own.corrects || statesOf(row).some((side) => own.sides.includes(side)))
      .map((row) => ({
        id: row.id,
        version: row.version,
        cells: { ...wordsOf(row), text: '', reason: '' },
      }));
  }

  change(tx: Tx, { as }: Asking, changes: readonly Change[]): Promise<void> {
    return forEachOrRefuse(
      changes,
      ({ id }) => id,
      async ({ id, version, given: { text, reason } }) => {
        const body = bodyOf(amendmentBody, { text, reason, ...(as && { as }) });
        await this.amending.proposeOne(tx, id, body, version);
      },
    );
  }

  /** The viewer's sides that may sign, and whether one of them corrects whatever was made. */
  private sides(tx: Tx, { standing, as }: Asking) {
    const { wording } = itemRule(standing);
    if (!wording) throw new Refused('not-offered', { act: 'amend' });
    const sides = (tx.viewer?.seats ?? [])
      .filter(({ side, permissions }) => permissions.includes('submit') && (as ?? side) === side)
      .map(({ side }) => side);
    const corrects = sides.some((side) =>
      rolesOfSide(standing, side).some((role) => wording.correctedBy.includes(role)),
    );
    const by = [standing.definition.items?.[0]?.by ?? []].flat();
    const makes = sides.some((side) =>
      rolesOfSide(standing, side).some((role) => by.includes(role)),
    );
    if (!corrects && !makes)
      throw new Refused('wrong-role', { by: [...by, ...wording.correctedBy] });
    return { sides, corrects };
  }
}

const statesOf = ({ recommendingStates }: RecommendationRow): string[] =>
  recommendingStates
    .filter(({ status }) => status === 'confirmed')
    .map(({ state }) => stateSide(state));
