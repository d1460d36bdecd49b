import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { AmendRecommendation } from './amend-recommendation.js';
import { LeaveRecommendation } from './leave-recommendation.js';
import { SplitRecommendation } from './split-recommendation.js';
import * as op from './wordings.schemas.js';

@Controller()
export class WordingsController {
  constructor(
    private readonly amending: AmendRecommendation,
    private readonly leaving: LeaveRecommendation,
    private readonly splitting: SplitRecommendation,
  ) {}

  @Route(op.listAmendments)
  history(@In() input: Input<typeof op.listAmendments>) {
    return this.amending.history(input);
  }

  @Route(op.proposeAmendment)
  propose(@In() input: Input<typeof op.proposeAmendment>) {
    return this.amending.propose(input);
  }

  @Route(op.answerAmendment)
  answer(@In() input: Input<typeof op.answerAmendment>) {
    return this.amending.answer(input);
  }

  @Route(op.recordDelivered)
  deliver(@In() input: Input<typeof op.recordDelivered>) {
    return this.amending.deliver(input);
  }

  @Route(op.answerDelivered)
  answerDelivered(@In() input: Input<typeof op.answerDelivered>) {
    return this.amending.answerDelivered(input);
  }

  @Route(op.withdrawRecommendation)
  withdraw(@In() input: Input<typeof op.withdrawRecommendation>) {
    return this.leaving.run(input);
  }

  @Route(op.askSplit)
  ask(@In() input: Input<typeof op.askSplit>) {
    return this.splitting.ask(input);
  }

  @Route(op.decideSplit)
  decide(@In() input: Input<typeof op.decideSplit>) {
    return this.splitting.decide(input);
  }

  @Route(op.listParts)
  parts(@In() input: Input<typeof op.listParts>) {
    return this.splitting.parts(input);
  }
}
