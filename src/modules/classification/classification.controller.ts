import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './classification.schemas.js';
import { ClassificationService } from './classification.service.js';
import { ConfirmClassification } from './confirm-classification.js';
import * as relations from './relations.schemas.js';
import { RelationsService } from './relations.service.js';

@Controller()
export class ClassificationController {
  constructor(
    private readonly classification: ClassificationService,
    private readonly confirming: ConfirmClassification,
    private readonly related: RelationsService,
  ) {}

  @Route(op.getClassification)
  get(@In() input: Input<typeof op.getClassification>) {
    return this.classification.get(input);
  }

  @Route(op.putClassification)
  confirm(@In() input: Input<typeof op.putClassification>) {
    return this.confirming.one(input);
  }

  @Route(op.confirmClassifications)
  confirmMany(@In() input: Input<typeof op.confirmClassifications>) {
    return this.confirming.many(input);
  }

  @Route(relations.getRelations)
  relations(@In() input: Input<typeof relations.getRelations>) {
    return this.related.get(input);
  }

  @Route(relations.putRelation)
  relate(@In() input: Input<typeof relations.putRelation>) {
    return this.related.decide(input);
  }
}
