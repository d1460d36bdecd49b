import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { PARTIES } from '../../kernel/sides.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { whole } from '../../platform/http/paging.js';
import { append } from '../../platform/journal/journal.js';
import { found } from '../../platform/refused.js';
import { Engine, meetDeadlines } from '../proceedings/index.js';
import { listsOf } from '../recommendations/index.js';
import { CIRCULATE, circulator } from './find-report.js';
import { Circulation } from './reports.entity.js';
import { presentCirculation } from './reports.presenter.js';
import type * as op from './reports.schemas.js';

/** The list of recommendations comes before all States: which wording of which, as it stands. */
@Injectable()
export class CirculateList {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  run({ viewer, params: { id } }: Input<typeof op.circulateList>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, id, { lock: true });
      const bySide = circulator(tx, standing);
      const earlier = await tx.find(Circulation, { proceedingId: id });
      const { list } = found((await listsOf(tx, [id]))[0]);
      const row: Circulation = {
        id: randomUUID(),
        proceedingId: id,
        compartment: PARTIES,
        n: earlier.length + 1,
        bySide,
        list,
        circulatedAt: tx.now,
      };
      await tx.asProcedure(id, async () => {
        await tx.insert(Circulation, row);
        const occasion = this.engine.occasion(standing.proceeding, tx.now);
        await meetDeadlines(tx, occasion, { act: CIRCULATE });
      });
      const facts = { n: row.n, recommendations: list.length };
      const place = { proceedingId: id, compartment: PARTIES, by: bySide, at: tx.now };
      await append(tx, { ...place, what: 'list-circulated', facts });
      return presentCirculation(row);
    });
  }

  all({ viewer, params: { id }, query }: Input<typeof op.listCirculations>) {
    return this.work.read(viewer, async (tx) => {
      await this.engine.standing(tx, id);
      const rows = await tx.find(Circulation, { proceedingId: id }, { order: { n: 'ASC' } });
      return whole(rows.map(presentCirculation), query);
    });
  }
}
