import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion } from '../../platform/refused.js';
import { groundOfReview, RecordDraw } from '../lots/index.js';
import { Engine } from '../proceedings/index.js';
import type * as op from './reviews.schemas.js';
import { ReviewsService } from './reviews.service.js';

/** A troika drawn by hand: a lot like any other, told in the words of a review. */
@Injectable()
export class RecordTroika {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly lots: RecordDraw,
    private readonly reviews: ReviewsService,
  ) {}

  run({ viewer, params, body, ifMatch }: Input<typeof op.recordTroika>) {
    return this.work.write(viewer, async (tx) => {
      const ground = await groundOfReview(tx, this.engine, params.id);
      const { version, subject } = ground.home.proceeding;
      expectVersion(ifMatch, version);
      const { states, ...told } = body;
      const result = [{ for: subject, drawn: states }];
      await this.lots.record(tx, ground, { purpose: 'troika', result, ...told });
      return this.reviews.show(tx, params.id);
    });
  }
}
