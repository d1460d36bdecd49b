import { Module, type OnModuleInit } from '@nestjs/common';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { ReadWords } from '../recommendations/index.js';
import { RecommendationsModule } from '../recommendations/recommendations.module.js';
import { ChooseMethod } from './choose-method.js';
import { ClassificationController } from './classification.controller.js';
import { ClassificationService } from './classification.service.js';
import { ConfirmClassification } from './confirm-classification.js';
import { ProposeClassification } from './propose-classification.js';
import { RelationsService } from './relations.service.js';

@Module({
  imports: [ProceedingsModule, RecommendationsModule],
  controllers: [ClassificationController],
  providers: [
    ChooseMethod,
    ClassificationService,
    ConfirmClassification,
    ProposeClassification,
    RelationsService,
  ],
})
export class ClassificationModule implements OnModuleInit {
  constructor(
    private readonly words: ReadWords,
    private readonly proposing: ProposeClassification,
  ) {}

  onModuleInit(): void {
    this.words.use(this.proposing);
  }
}
