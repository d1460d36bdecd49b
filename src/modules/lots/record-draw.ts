import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import type { Drawn } from '../../kernel/lots.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { raise, Refused } from '../../platform/refused.js';
import { Engine } from '../proceedings/index.js';
import { asReview, groundOfReview, groundOfSession, type Ground } from './find-ground.js';
import { Lot } from './lots.entity.js';
import { keepingRefused, lotOf, readByHand } from './lots.rules.js';
import type * as op from './lots.schemas.js';
import { presentFor, tellLot } from './publish-lot.js';
import { Purposes } from './register-purposes.js';

/** What was drawn in a meeting, and who saw it. */
interface ByHand {
  readonly purpose: string;
  readonly result: readonly Drawn[];
  readonly drawnOn: string;
  readonly meeting: string;
  readonly witnesses: string[];
}

/** A draw by hand: recorded with its witnesses, and held against the rules of a lot. */
@Injectable()
export class RecordDraw {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly purposes: Purposes,
  ) {}

  ofReview({ viewer, params, body }: Input<typeof op.recordReviewLot>) {
    return this.work.write(viewer, async (tx) =>
      this.presented(tx, await groundOfReview(tx, this.engine, params.id), body),
    );
  }

  ofSession({ viewer, params, body }: Input<typeof op.recordSessionLot>) {
    return this.work.write(viewer, async (tx) =>
      this.presented(tx, await groundOfSession(tx, this.engine, params.id), body),
    );
  }

  private async presented(tx: Tx, ground: Ground, byHand: ByHand) {
    return presentFor(tx, ground, await this.record(tx, ground, byHand));
  }

  /** @throws Refused also `troika-invalid`, `draw-invalid` */
  async record(tx: Tx, ground: Ground, byHand: ByHand): Promise<Lot> {
    const { purpose: name, drawnOn, meeting, witnesses } = byHand;
    raise(keepingRefused(ground.home));
    const purpose = this.purposes.of(name, ground);
    const draw = await purpose.plan(tx, ground, { day: drawnOn, byHand: byHand.result });
    const result = readByHand(draw, byHand.result);
    if ('because' in result) {
      const { because, facts } = result;
      raise(purpose.refuse?.(result, ground));
      throw new Refused('draw-invalid', { because, for: result.for, ...facts });
    }
    const id = v7();
    const lot: Lot = {
      ...lotOf(ground, { lot: id, purpose: name, publicValue: null, draw }),
      method: 'by-hand',
      status: 'drawn',
      result: [...result],
      drawnAt: tx.now,
      drawnOn,
      meeting,
      witnesses,
    };
    await asReview(tx, ground, ground.home, () => tx.insert(Lot, lot));
    const basis = `drawn by hand on ${drawnOn}: lot ${id}`;
    await purpose.apply?.(tx, ground, { lot: id, result, basis });
    await tellLot(tx, ground, lot);
    return lot;
  }
}
