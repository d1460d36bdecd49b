import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { Engine } from '../proceedings/index.js';
import { itemStanding } from '../recommendations/index.js';
import { ChooseMethod } from './choose-method.js';
import { presentClassification } from './classification.presenter.js';
import { actsOn } from './classification.repository.js';
import type * as op from './classification.schemas.js';

/** What is said of recommendations, for whoever sees them. */
@Injectable()
export class ClassificationService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly methods: ChooseMethod,
  ) {}

  get({ viewer, params }: Input<typeof op.getClassification>) {
    return this.work.read(viewer, async (tx) => {
      const { row, standing } = await itemStanding(tx, this.engine, params.id);
      const { method } = this.methods.known(standing.proceeding.mechanism);
      return presentClassification(row.id, method, await actsOn(tx, row.id));
    });
  }
}
