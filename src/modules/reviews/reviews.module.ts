import { Module, type OnModuleInit } from '@nestjs/common';
import { LotsModule } from '../lots/lots.module.js';
import { Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { publishOutcome } from './publish-outcome.js';
import { RecordTroika } from './record-troika.js';
import { ReviewsController } from './reviews.controller.js';
import { ReviewsService } from './reviews.service.js';

@Module({
  imports: [LotsModule, ProceedingsModule],
  controllers: [ReviewsController],
  providers: [RecordTroika, ReviewsService],
})
export class ReviewsModule implements OnModuleInit {
  constructor(private readonly parts: Parts) {}

  onModuleInit(): void {
    this.parts.addConsequences(publishOutcome);
  }
}
