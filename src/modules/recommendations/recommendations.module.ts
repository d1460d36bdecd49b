import { Module, type OnModuleInit } from '@nestjs/common';
import { Engine, Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import {
  dropUnconfirmed,
  lapseDrafts,
  noteUnanswered,
  recommendationFacts,
  settleWordings,
} from './adopt-recommendations.js';
import { AmendRecommendation } from './amend-recommendation.js';
import { GivePositions } from './give-positions.js';
import { LabelRecommendations } from './label-recommendations.js';
import { LeaveRecommendation } from './leave-recommendation.js';
import { recommendationOffer } from './offer-recommendations.js';
import { publishRecommendations } from './publish-recommendations.js';
import { ReadWords } from './read-words.js';
import { RecommendationsController } from './recommendations.controller.js';
import { RecommendationsService } from './recommendations.service.js';
import { SplitRecommendation } from './split-recommendation.js';
import { WordingsController } from './wordings.controller.js';
import { withdrawableRecommendation } from './withdraw-recommendation.js';

@Module({
  imports: [ProceedingsModule],
  controllers: [RecommendationsController, WordingsController],
  providers: [
    AmendRecommendation,
    GivePositions,
    LabelRecommendations,
    LeaveRecommendation,
    ReadWords,
    RecommendationsService,
    SplitRecommendation,
  ],
  exports: [AmendRecommendation, GivePositions, LabelRecommendations, ReadWords],
})
export class RecommendationsModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
    private readonly words: ReadWords,
  ) {}

  onModuleInit(): void {
    this.parts.addFacts(recommendationFacts);
    this.parts.addOffer(recommendationOffer);
    this.parts.addWithdrawable(withdrawableRecommendation(this.words));
    this.parts.addConsequences(
      lapseDrafts,
      settleWordings(this.engine),
      dropUnconfirmed,
      noteUnanswered(this.engine),
      publishRecommendations,
    );
  }
}
