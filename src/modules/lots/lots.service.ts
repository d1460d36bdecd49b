import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { Slot } from '../calendar/index.js';
import { Engine } from '../proceedings/index.js';
import { presentLot } from './lots.presenter.js';
import { lotPage } from './lots.repository.js';
import type * as op from './lots.schemas.js';

/** Lots as those see them for whom the case is. */
@Injectable()
export class LotsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  ofReview({ viewer, params, query }: Input<typeof op.listReviewLots>) {
    return this.work.read(viewer, async (tx) => {
      const { proceeding } = await this.engine.standing(tx, params.id);
      const { slotId, test, id } = proceeding;
      const slot = slotId === null || test ? undefined : await tx.findOne(Slot, { id: slotId });
      const of = { id, sessionId: slot?.sessionId ?? null };
      return readPage(tx, query, {
        key: [z.uuid()],
        rows: (reads, part) => lotPage(reads, of, part),
        keyOf: (row) => [row.id],
        item: ({ session, ...row }) =>
          presentLot(row, { number: session, mechanism: row.mechanism }),
      });
    });
  }
}
