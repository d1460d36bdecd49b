import { Module, type OnModuleInit } from '@nestjs/common';
import { Engine, Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { publishOutcome } from './publish-outcome.js';
import { RecordTroika, troikaFacts, troikaOffer } from './record-troika.js';
import { ReviewsController } from './reviews.controller.js';
import { ReviewsService } from './reviews.service.js';

@Module({
  imports: [ProceedingsModule],
  controllers: [ReviewsController],
  providers: [RecordTroika, ReviewsService],
})
export class ReviewsModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
  ) {}

  onModuleInit(): void {
    this.parts.addFacts(troikaFacts(this.engine));
    this.parts.addOffer(troikaOffer);
    this.parts.addConsequences(publishOutcome);
    this.parts.addParameters('troika.seats', 'troika.distinctBy');
  }
}
