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
  assertStateFilter,
  Engine,
  MoveProceeding,
  OpenProceeding,
  proceedingPage,
} from '../proceedings/index.js';
import { presentCommunication } from './communications.presenter.js';
import type * as op from './communications.schemas.js';
import { OpenCommunication } from './open-communication.js';

/** Communications: the triggered family of proceedings. */
@Injectable()
export class CommunicationsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly families: OpenProceeding,
    private readonly opening: OpenCommunication,
    private readonly moves: MoveProceeding,
  ) {}

  open({ viewer, body }: Input<typeof op.openCommunication>) {
    return this.work.write(viewer, async (tx) => {
      const { id } = await this.opening.run(tx, body);
      return this.show(tx, id);
    });
  }

  list({ viewer, query }: Input<typeof op.listCommunications>) {
    const { mechanisms, stages } = this.families.family('communication');
    assertKnown('status', query.status, stages);
    return this.work.read(viewer, async (tx) => {
      await assertStateFilter(tx, 'party', query.party);
      const filter = { mechanisms, state: query.party, status: query.status };
      return readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: (reads, part) => proceedingPage(reads, filter, part),
        keyOf: (row) => [row.openedAt.toISOString(), row.id],
        item: presentCommunication,
      });
    });
  }

  get({ viewer, params }: Input<typeof op.getCommunication>) {
    return this.work.read(viewer, (tx) => this.show(tx, params.id));
  }

  move({ viewer, params, body, ifMatch }: Input<typeof op.moveCommunication>) {
    return this.work.write(viewer, async (tx) => {
      await this.moves.move(tx, params.id, { ...body, ifMatch });
      return this.show(tx, params.id);
    });
  }

  /** The communication as its viewer sees it. */
  private async show(tx: Tx, id: string) {
    const standing = await this.engine.standing(tx, id);
    if (standing.definition.family !== 'communication') throw notFound();
    return {
      ...presentCommunication(standing.proceeding),
      roles: standing.roles(),
      actions: await this.engine.actions(tx, standing),
    };
  }
}
