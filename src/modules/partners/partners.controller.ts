import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './partners.schemas.js';
import { PartnersService } from './partners.service.js';

@Controller()
export class PartnersController {
  constructor(private readonly partners: PartnersService) {}

  @Route(op.listSignatories)
  list(@In() input: Input<typeof op.listSignatories>) {
    return this.partners.list(input);
  }

  @Route(op.nameSignatory)
  name(@In() input: Input<typeof op.nameSignatory>) {
    return this.partners.name(input);
  }

  @Route(op.removeSignatory)
  remove(@In() input: Input<typeof op.removeSignatory>) {
    return this.partners.remove(input);
  }

  @Route(op.answerSignatory)
  answer(@In() input: Input<typeof op.answerSignatory>) {
    return this.partners.answer(input);
  }
}
