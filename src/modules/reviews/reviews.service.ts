import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { assertKnown } from '../../platform/http/validation.js';
import { notFound } from '../../platform/refused.js';
import {
  assertSessionFilter,
  assertStateFilter,
  Engine,
  MoveProceeding,
  OpenProceeding,
  proceedingPage,
  type Standing,
} from '../proceedings/index.js';
import { presentReview } from './reviews.presenter.js';
import type * as op from './reviews.schemas.js';

/** Reviews: the periodic family of proceedings. */
@Injectable()
export class ReviewsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly opening: OpenProceeding,
    private readonly moves: MoveProceeding,
  ) {}

  open({ viewer, body }: Input<typeof op.openReview>) {
    return this.work.write(viewer, async (tx) => {
      const as = { role: 'stateUnderReview', test: body.test };
      const { id } = await this.opening.inSlot(tx, body.slotId, as);
      return this.show(tx, id);
    });
  }

  list({ viewer, query }: Input<typeof op.listReviews>) {
    const { mechanisms, stages } = this.opening.family('review');
    assertKnown('status', query.status, stages);
    return this.work.read(viewer, async (tx) => {
      await assertStateFilter(tx, 'state', query.state);
      await assertSessionFilter(tx, query.session);
      const { state, status } = query;
      const filter = { mechanisms, state, status, sessionId: query.session };
      return readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: (reads, part) => proceedingPage(reads, filter, part),
        keyOf: (row) => [row.openedAt.toISOString(), row.id],
        item: presentReview,
      });
    });
  }

  get({ viewer, params }: Input<typeof op.getReview>) {
    return this.work.read(viewer, (tx) => this.show(tx, params.id));
  }

  move({ viewer, params, body, ifMatch }: Input<typeof op.moveReview>) {
    return this.work.write(viewer, async (tx) => {
      await this.moves.move(tx, params.id, { ...body, ifMatch });
      return this.show(tx, params.id);
    });
  }

  /** The review as its viewer sees it. */
  async show(tx: Tx, id: string) {
    const standing: Standing = await this.engine.standing(tx, id);
    if (standing.definition.family !== 'review') throw notFound();
    return {
      ...presentReview(standing.proceeding),
      roles: standing.roles(),
      actions: await this.engine.actions(tx, standing),
    };
  }
}
