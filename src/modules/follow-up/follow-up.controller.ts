import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './follow-up.schemas.js';
import { FollowUpService } from './follow-up.service.js';
import { GiveFollowUp } from './give-follow-up.js';
import { PrepareFollowUp } from './prepare-follow-up.js';

@Controller()
export class FollowUpController {
  constructor(
    private readonly followUp: FollowUpService,
    private readonly preparing: PrepareFollowUp,
    private readonly giving: GiveFollowUp,
  ) {}

  @Route(op.listFollowUp)
  list(@In() input: Input<typeof op.listFollowUp>) {
    return this.followUp.list(input);
  }

  @Route(op.prepareFollowUp)
  prepare(@In() input: Input<typeof op.prepareFollowUp>) {
    return this.preparing.run(input);
  }

  @Route(op.giveFollowUp)
  give(@In() input: Input<typeof op.giveFollowUp>) {
    return this.giving.run(input);
  }

  @Route(op.showPredecessor)
  predecessor(@In() input: Input<typeof op.showPredecessor>) {
    return this.followUp.predecessor(input);
  }
}
