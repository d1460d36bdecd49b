import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { PARTIES, secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import { calendarOf, Engine, type Proceeding } from '../proceedings/index.js';
import {
  assertClassifies,
  itemStanding,
  publishAgain,
  Recommendation,
  recommendationById,
  type RecommendationRow,
} from '../recommendations/index.js';
import { chainOf, MASK } from '../record/index.js';
import { RepeatDecision } from './classification.entity.js';
import { decisionsOn, earlierThan, type Earlier } from './classification.repository.js';
import { presentRelations } from './relations.presenter.js';
import type * as op from './relations.schemas.js';
import { confirmedRepeats } from './repeats.rules.js';

/** Which recommendations of earlier cycles a recommendation repeats. */
@Injectable()
export class RelationsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  get({ viewer, params }: Input<typeof op.getRelations>) {
    return this.work.read(viewer, async (tx) => {
      const { row, standing } = await itemStanding(tx, this.engine, params.id);
      const earlier = row.text === MASK ? [] : await this.earlier(tx, standing.proceeding);
      return this.show(tx, row, earlier);
    });
  }

  decide({ viewer, params, body, ifMatch }: Input<typeof op.putRelation>) {
    return this.work.write(viewer, async (tx) => {
      const { row, standing } = await itemStanding(tx, this.engine, params.id, { lock: true });
      const { proceeding } = standing;
      const decisions = await decisionsOn(tx, row.id);
      expectVersion(ifMatch, decisions.length);
      assertClassifies(standing, row);
      if (row.text === MASK) throw new Refused('withdrawn');
      const { of, repeats } = body;
      const earlier = await this.earlier(tx, proceeding);
      if (!earlier.some(({ id }) => id === of)) throw new Refused('not-earlier', { of });
      const last = decisions.findLast(({ ofId }) => ofId === of);
      if (last?.repeats === repeats) throw new Refused('already-given', { repeats });
      const side = secretariatSide(proceeding.mechanism);
      const decision: RepeatDecision = {
        id: randomUUID(),
        proceedingId: row.proceedingId,
        compartment: row.compartment,
        recommendationId: row.id,
        n: decisions.length + 1,
        ofId: of,
        repeats,
        side,
        at: tx.now,
      };
      // Which one is not told: it would tell the words of either, should they be withdrawn.
      await append(tx, {
        proceedingId: proceeding.id,
        compartment: PARTIES,
        what: repeats ? 'repeat-confirmed' : 'repeat-dismissed',
        by: side,
        at: tx.now,
        facts: { recommendationId: row.id },
      });
      await tx.asProcedure(proceeding.id, async () => {
        await tx.insert(RepeatDecision, decision);
        const repeatOf = confirmedRepeats([...decisions, decision]);
        await tx.update(Recommendation, { id: row.id }, { repeatOf });
        const now = found(await recommendationById(tx, row.id));
        await publishAgain(tx, proceeding, [now]);
      });
      return this.show(tx, row, earlier);
    });
  }

  private async show(tx: Tx, row: RecommendationRow, earlier: readonly Earlier[]) {
    const decisions = await decisionsOn(tx, row.id);
    const told = confirmedRepeats(decisions).filter((id) => earlier.some((each) => each.id === id));
    return presentRelations(row, { earlier, decisions, chain: await chainOf(tx, told) });
  }

  /** Of the same State, in cycles before this one: never itself, nor what stands beside it. */
  private async earlier(tx: Tx, { subject, mechanism, slotId }: Proceeding): Promise<Earlier[]> {
    const { cycle } = found(await calendarOf(tx, found(slotId)));
    return earlierThan(tx, { state: subject, mechanism, cycle });
  }
}
