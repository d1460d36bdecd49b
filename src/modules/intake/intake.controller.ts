import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './intake.schemas.js';
import { IntakeService } from './intake.service.js';

@Controller()
export class IntakeController {
  constructor(private readonly intake: IntakeService) {}

  @Route(op.getIntake)
  get(@In() input: Input<typeof op.getIntake>) {
    return this.intake.get(input);
  }

  @Route(op.putIntakeField)
  fill(@In() input: Input<typeof op.putIntakeField>) {
    return this.intake.fill(input);
  }

  @Route(op.getCommunicants)
  communicants(@In() input: Input<typeof op.getCommunicants>) {
    return this.intake.communicants(input);
  }

  @Route(op.putCommunicants)
  name(@In() input: Input<typeof op.putCommunicants>) {
    return this.intake.name(input);
  }

  @Route(op.getIntakeReaders)
  readers(@In() input: Input<typeof op.getIntakeReaders>) {
    return this.intake.readers(input);
  }
}
