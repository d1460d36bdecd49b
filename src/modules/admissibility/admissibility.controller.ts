import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './admissibility.schemas.js';
import { AdmissibilityService } from './admissibility.service.js';

@Controller()
export class AdmissibilityController {
  constructor(private readonly admissibility: AdmissibilityService) {}

  @Route(op.getAdmissibility)
  get(@In() input: Input<typeof op.getAdmissibility>) {
    return this.admissibility.get(input);
  }

  @Route(op.answerTest)
  answer(@In() input: Input<typeof op.answerTest>) {
    return this.admissibility.answer(input);
  }
}
