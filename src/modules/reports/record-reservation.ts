import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { PARTIES } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { whole } from '../../platform/http/paging.js';
import { append } from '../../platform/journal/journal.js';
import { found, Refused } from '../../platform/refused.js';
import { assertStates, Engine, sideInRole, type Standing } from '../proceedings/index.js';
import { reportRule } from './find-report.js';
import { publishReservations, reservationsOf } from './publish-reservations.js';
import { Reservation } from './reports.entity.js';
import { presentReservation } from './reports.presenter.js';
import type * as op from './reservations.schemas.js';

/** What States reserve on the adoption of the report: on the page of the review as soon as it is recorded. */
@Injectable()
export class RecordReservation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  record({ viewer, params: { id }, body }: Input<typeof op.recordReservation>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, id, { lock: true });
      const bySide = keeper(tx, standing);
      const during = reportRule(standing).reservationsDuring ?? [];
      const { status } = standing.proceeding;
      if (!during.includes(status)) throw new Refused('wrong-stage', { status, during });
      await assertStates(tx, [body.state]);
      const row: Reservation = {
        id: randomUUID(),
        proceedingId: id,
        compartment: PARTIES,
        ...body,
        recordedAt: tx.now,
        withdrawnAt: null,
        version: 1,
      };
      await tx.asProcedure(id, async () => {
        await tx.insert(Reservation, row);
        await publishReservations(tx, id);
      });
      const facts = { reservationId: row.id, kind: row.kind, state: row.state };
      const place = { proceedingId: id, compartment: PARTIES, by: bySide, at: tx.now };
      await append(tx, { ...place, what: 'reservation-recorded', facts });
      return presentReservation(row);
    });
  }

  get({ viewer, params }: Input<typeof op.getReservation>) {
    return this.work.read(viewer, async (tx) =>
      presentReservation(found(await tx.findOne(Reservation, params))),
    );
  }

  all({ viewer, params: { id }, query }: Input<typeof op.listReservations>) {
    return this.work.read(viewer, async (tx) => {
      await this.engine.standing(tx, id);
      return whole((await reservationsOf(tx, id)).map(presentReservation), query);
    });
  }
}

const keeper = (tx: Tx, standing: Standing): string =>
  sideInRole(tx, standing, { by: reportRule(standing).circulatedBy });
