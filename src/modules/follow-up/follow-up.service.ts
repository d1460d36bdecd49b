import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { assertKnown } from '../../platform/http/validation.js';
import { calendarOf, Engine, withAuthors } from '../proceedings/index.js';
import { found } from '../../platform/refused.js';
import { predecessorOf } from '../record/index.js';
import { presentAssessment, presentCarried } from './follow-up.presenter.js';
import { assessmentPage, carriedPage } from './follow-up.repository.js';
import type * as op from './follow-up.schemas.js';

/** Reads what is said of implementation, and what the review before has left. */
@Injectable()
export class FollowUpService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  list({ viewer, params, query }: Input<typeof op.listFollowUp>) {
    return this.work.read(viewer, async (tx) => {
      const { definition } = await this.engine.standing(tx, params.id);
      const { recommendation, side, grade, status } = query;
      const { status: own, assessments } = definition.followUp ?? {};
      assertKnown('grade', grade, [...(own?.grades ?? []), ...(assessments?.grades ?? [])]);
      const filter = { proceedingId: params.id, recommendation, side, grade, status };
      return readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: async (reads, part) =>
          withAuthors(tx, await assessmentPage(reads, filter, part), (row, author) => ({
            ...row,
            side: author.side,
          })),
        keyOf: (row) => [(row.givenAt ?? row.preparedAt).toISOString(), row.id],
        item: presentAssessment,
      });
    });
  }

  /** The review that this one follows, as the record has it now. */
  predecessor({ viewer, params, query }: Input<typeof op.showPredecessor>) {
    return this.work.read(viewer, async (tx) => {
      const { proceeding } = await this.engine.standing(tx, params.id);
      const { mechanism, subject: state, slotId } = proceeding;
      const { cycle } = found(await calendarOf(tx, found(slotId)));
      const before = await predecessorOf(tx, { mechanism, state, cycle });
      const page = await readPage(tx, query, {
        key: [z.string(), z.uuid()],
        rows: (reads, part) => carriedPage(reads, before?.id ?? null, part),
        keyOf: (row) => [row.labelOrder, row.id],
        item: presentCarried,
      });
      const predecessor = before ? (JSON.parse(before.body) as object) : null;
      return { predecessor, ...page };
    });
  }
}
