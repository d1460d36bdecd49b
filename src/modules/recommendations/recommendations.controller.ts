import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { GivePositions } from './give-positions.js';
import { LabelRecommendations } from './label-recommendations.js';
import * as answers from './positions.schemas.js';
import * as op from './recommendations.schemas.js';
import { RecommendationsService } from './recommendations.service.js';

@Controller()
export class RecommendationsController {
  constructor(
    private readonly recommendations: RecommendationsService,
    private readonly labelling: LabelRecommendations,
    private readonly positions: GivePositions,
  ) {}

  @Route(op.createRecommendation)
  create(@In() input: Input<typeof op.createRecommendation>) {
    return this.recommendations.create(input);
  }

  @Route(op.listRecommendations)
  list(@In() input: Input<typeof op.listRecommendations>) {
    return this.recommendations.list(input);
  }

  @Route(op.getRecommendation)
  get(@In() input: Input<typeof op.getRecommendation>) {
    return this.recommendations.get(input);
  }

  @Route(op.editRecommendation)
  edit(@In() input: Input<typeof op.editRecommendation>) {
    return this.recommendations.edit(input);
  }

  @Route(op.submitRecommendation)
  submit(@In() input: Input<typeof op.submitRecommendation>) {
    return this.recommendations.submit(input);
  }

  @Route(op.confirmRecommendation)
  confirm(@In() input: Input<typeof op.confirmRecommendation>) {
    return this.recommendations.confirm(input);
  }

  @Route(op.labelRecommendations)
  label(@In() input: Input<typeof op.labelRecommendations>) {
    return this.labelling.run(input);
  }

  @Route(answers.getPosition)
  position(@In() input: Input<typeof answers.getPosition>) {
    return this.positions.prepared(input);
  }

  @Route(answers.listPreparedPositions)
  preparedPositions(@In() input: Input<typeof answers.listPreparedPositions>) {
    return this.positions.listPrepared(input);
  }

  @Route(answers.putPosition)
  prepare(@In() input: Input<typeof answers.putPosition>) {
    return this.positions.prepare(input);
  }

  @Route(answers.givePositions)
  give(@In() input: Input<typeof answers.givePositions>) {
    return this.positions.give(input);
  }
}
