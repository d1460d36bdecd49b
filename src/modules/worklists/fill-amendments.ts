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
import { makersOf, wordsOf } from './fill-positions.js';
import { bodyOf } from './read-given.js';
import {
  filled,
  shown,
  type Asking,
  type Change,
  type Column,
  type Opened,
  type Worklist,
} from './worklists.rules.js';

/** Other texts for the recommendations that one's State makes, or that one corrects. */
@Injectable()
export class AmendmentsWorklist implements Worklist {
  readonly kind = 'amendments';

  constructor(private readonly amending: AmendRecommendation) {}

  async open(tx: Tx, { standing, as }: Asking): Promise<Opened> {
    const { sides, corrects } = signing(tx, { standing, as });
    const rows = await recommendationsIn(tx, standing.proceeding.id, ['submitted', 'adopted']);
    const makes = (row: RecommendationRow): boolean =>
      makersOf(row).some((state) => sides.includes(stateSide(state)));
    const propose = async ({ id, version, given }: Change): Promise<void> => {
      const body = bodyOf(amendmentBody, { ...given, ...(as && { as }) });
      await this.amending.proposeOne(tx, id, body, version);
    };
    return {
      columns: COLUMNS,
      // Nobody is shown what is only proposed: the columns for it are empty, whoever asks.
      items: rows
        .filter((row) => corrects || makes(row))
        .map((row) => ({
          id: row.id,
          version: row.version,
          cells: { ...wordsOf(row), text: '', reason: '' },
        })),
      shows: { 'text-unchanged': 'text' },
      change: (changes) => forEachOrRefuse(changes, ({ id }) => id, propose),
    };
  }
}

const COLUMNS: readonly Column[] = [
  shown('label', 10),
  shown('recommendation', 60),
  shown('recommendingStates', 20),
  filled('text', 60),
  filled('reason', 40),
];

/** The viewer's sides that may sign, and whether one of them corrects whatever was made. */
function signing(tx: Tx, { standing, as }: Asking): { sides: string[]; corrects: boolean } {
  const { by, wording } = itemRule(standing);
  if (!wording) throw new Refused('not-offered', { act: 'amend' });
  const sides = (tx.viewer?.seats ?? [])
    .filter(({ side, permissions }) => permissions.includes('submit') && (as ?? side) === side)
    .map(({ side }) => side);
  const inRole = (among: readonly string[]): boolean =>
    sides.some((side) => rolesOfSide(standing, side).some((role) => among.includes(role)));
  const corrects = inRole(wording.correctedBy);
  if (corrects || inRole(by)) return { sides, corrects };
  throw new Refused('wrong-role', { by: [...by, ...wording.correctedBy] });
}
