import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { commitmentOf, rulesRefused } from '../../kernel/lots.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { raise } from '../../platform/refused.js';
import { Engine } from '../proceedings/index.js';
import { asReview, groundOfReview, groundOfSession, type Ground } from './find-ground.js';
import { Lot } from './lots.entity.js';
import { dayOf, keepingRefused, lotOf, namingRefused } from './lots.rules.js';
import type * as op from './lots.schemas.js';
import { presentFor, tellLot } from './publish-lot.js';
import { Purposes } from './register-purposes.js';
import { SealSeed } from './seal-seed.js';

type Asked = Input<typeof op.announceReviewLot | typeof op.announceSessionLot>['body'];

/** Announces a lot: its pool, its rules, the commitment to its seed, and its public value's name. */
@Injectable()
export class AnnounceLot {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly purposes: Purposes,
    private readonly seeds: SealSeed,
  ) {}

  ofReview({ viewer, params, body }: Input<typeof op.announceReviewLot>) {
    return this.work.write(viewer, async (tx) =>
      this.announce(tx, await groundOfReview(tx, this.engine, params.id), body),
    );
  }

  ofSession({ viewer, params, body }: Input<typeof op.announceSessionLot>) {
    return this.work.write(viewer, async (tx) =>
      this.announce(tx, await groundOfSession(tx, this.engine, params.id), body),
    );
  }

  private async announce(tx: Tx, ground: Ground, { purpose, publicValue }: Asked) {
    const { home } = ground;
    raise(keepingRefused(home));
    const knownFrom = new Date(publicValue.knownFrom);
    raise(namingRefused(knownFrom, tx.now));
    const day = dayOf(knownFrom, home.definition.zone);
    const draw = await this.purposes.of(purpose, ground).plan(tx, ground, { day });
    raise(rulesRefused(draw));
    const id = v7();
    const named = { source: publicValue.source, knownFrom: knownFrom.toISOString() };
    const seed = this.seeds.make();
    const lot: Lot = {
      ...lotOf(ground, { lot: id, purpose, publicValue: named, draw }),
      method: 'sealed',
      status: 'announced',
      announcedAt: tx.now,
      commitment: commitmentOf(id, seed),
      knownFrom,
    };
    await asReview(tx, ground, home, async () => {
      await tx.insert(Lot, lot);
      await this.seeds.keep(tx, lot, seed);
    });
    await tellLot(tx, ground, lot);
    return presentFor(tx, ground, lot);
  }
}
