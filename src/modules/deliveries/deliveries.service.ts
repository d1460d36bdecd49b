import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { deskOf, secretariatSide } from '../../kernel/sides.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { pageOfAll, readPage } from '../../platform/http/paging.js';
import { append } from '../../platform/journal/journal.js';
import { found, Refused } from '../../platform/refused.js';
import { NoticesService } from '../notices/index.js';
import { Engine } from '../proceedings/index.js';
import { presentDelivery, presentProof } from './deliveries.presenter.js';
import type * as op from './deliveries.schemas.js';
import { deliveriesOf, proofPage, sendOnceMore } from './proofs.repository.js';

/** How notices reached people, as far as whoever asks may know. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly notices: NoticesService,
    private readonly engine: Engine,
  ) {}

  own({ viewer, params, query }: Input<typeof op.listOwnDeliveries>) {
    return this.work.read(viewer, async (tx) => {
      await this.notices.expectOwn(tx, params.id);
      const rows = await deliveriesOf(tx, params.id);
      return pageOfAll(rows, query, presentDelivery);
    });
  }

  list({ viewer, params, query }: Input<typeof op.listDeliveries>) {
    return this.work.read(viewer, async (tx) => {
      await this.engine.standing(tx, params.id);
      return readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: (reads, part) => proofPage(reads, { ...query, proceedingId: params.id }, part),
        keyOf: (row) => [row.toldAt.toISOString(), row.id],
        item: presentProof,
      });
    });
  }

  again({ viewer, body }: Input<typeof op.sendAgain>) {
    return this.work.write(viewer, async (tx) => {
      const { of, reason } = body;
      const id = randomUUID();
      const sent = found((await sendOnceMore(tx, { of, id, reason })) ?? undefined);
      if (sent.refused !== undefined) throw new Refused(sent.refused);
      const { own, proceedingId, mechanism, event, channel, compartment, n } = sent;
      if (own) tx.touch({ proceedingId, compartment });
      else {
        const office = secretariatSide(mechanism);
        await this.engine.joinSide(tx, await this.engine.standing(tx, proceedingId), office);
        await append(tx, {
          proceedingId,
          compartment: deskOf(office),
          what: 'notice-sent-again',
          by: office,
          reason,
          at: tx.now,
          facts: { event, channel, compartment, n },
        });
      }
      return { id, of, channel };
    });
  }
}
