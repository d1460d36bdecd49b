import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PublicReader } from '../../platform/database/public-reader.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { found } from '../../platform/refused.js';
import { sessionById, Slot } from '../calendar/index.js';
import { Engine } from '../proceedings/index.js';
import { RecordService } from '../record/index.js';
import { presentLot } from './lots.presenter.js';
import { lotPage } from './lots.repository.js';
import type * as op from './lots.schemas.js';

/** Lots as everybody reads them, and as those do for whom the case is. */
@Injectable()
export class LotsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly reader: PublicReader,
    private readonly record: RecordService,
  ) {}

  get({ params }: Input<typeof op.getLot>) {
    return this.record.item('lot', params.id);
  }

  async ofSession({ params, query }: Input<typeof op.listSessionLots>) {
    found(await sessionById(this.reader, params.id));
    return this.record.lotsOfSession(params.id, query);
  }

  ofReview({ viewer, params, query }: Input<typeof op.listReviewLots>) {
    return this.work.read(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id);
      const { slotId, test, id } = standing.proceeding;
      const slot = slotId === null || test ? undefined : await tx.findOne(Slot, { id: slotId });
      const of = { id, sessionId: slot?.sessionId ?? null };
      return readPage(tx, query, {
        key: [z.uuid()],
        rows: (reads, part) => lotPage(reads, of, part),
        keyOf: (row) => [row.id],
        item: ({ session, ...row }) =>
          presentLot(row, { number: session, mechanism: row.mechanism, standing, now: tx.now }),
      });
    });
  }
}
