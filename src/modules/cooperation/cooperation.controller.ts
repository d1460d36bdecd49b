import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { CooperationService } from './cooperation.service.js';
import * as op from './cooperation.schemas.js';

@Controller()
export class CooperationController {
  constructor(private readonly cooperation: CooperationService) {}

  @Route(op.showCooperation)
  show(@In() input: Input<typeof op.showCooperation>) {
    return this.cooperation.show(input);
  }

  @Route(op.decideCooperation)
  decide(@In() input: Input<typeof op.decideCooperation>) {
    return this.cooperation.decide(input);
  }
}
