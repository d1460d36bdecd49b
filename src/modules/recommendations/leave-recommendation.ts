import { Injectable } from '@nestjs/common';
import { stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { Refused } from '../../platform/refused.js';
import { Engine } from '../proceedings/index.js';
import { itemRule } from './find-item.js';
import { keepBook, readBook } from './keep-book.js';
import { closeBook, openBook, speakingState } from './open-book.js';
import { ReadWords } from './read-words.js';
import { familyOf, type RecommendationRow } from './recommendations.repository.js';
import { showRecommendation } from './show-recommendation.js';
import type * as op from './wordings.schemas.js';
import { withdraw } from './wordings.rules.js';

/** A State takes its own name from a recommendation, which falls when it has none left. */
@Injectable()
export class LeaveRecommendation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly words: ReadWords,
  ) {}

  run({ viewer, params, body }: Input<typeof op.withdrawRecommendation>) {
    return this.work.write(viewer, async (tx) => {
      const opened = await openBook(tx, this.engine, params.id);
      const { row, standing, book } = opened;
      const { withdrawnDuring: during } = itemRule(standing);
      if (!during) throw new Refused('not-offered', { act: 'withdraw' });
      const state = speakingState(tx, book, body.as);
      const { status } = standing.proceeding;
      if (row.status !== 'submitted') throw new Refused('wrong-stage', { status: row.status });
      if (!during.includes(status)) throw new Refused('wrong-stage', { status, during });
      const by = stateSide(state);
      await closeBook(tx, this.words, opened, withdraw(book, state), {
        what: 'recommender-withdrawn',
        by,
      });
      await tx.asProcedure(row.proceedingId, () => dropWhole(tx, row, tx.now));
      return showRecommendation(tx, standing, row.id);
    });
  }
}

/** A whole of which no part is left has fallen too. As the procedure. */
export async function dropWhole(
  tx: Tx,
  { id, wholeId }: Pick<RecommendationRow, 'id' | 'wholeId'>,
  at: Date,
): Promise<void> {
  if (wholeId === null) return;
  const [first, ...parts] = await familyOf(tx, { id, wholeId });
  if (first?.status !== 'split' || parts.some(({ status }) => status !== 'withdrawn')) return;
  const before = await readBook(tx, first);
  const gone = { confirmed: 'withdrawn', invited: 'lapsed' } as const;
  const states = before.states.map(({ state, status }) => ({
    state,
    status: status === 'confirmed' || status === 'invited' ? gone[status] : status,
  }));
  await keepBook(tx, { row: first, before, after: { ...before, states }, at });
}
