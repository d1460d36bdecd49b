import { Module, type OnModuleInit } from '@nestjs/common';
import { Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { FileQuestions } from './file-questions.js';
import { questionOffer } from './offer-questions.js';
import { QuestionsController } from './questions.controller.js';
import { PARAMETERS } from './questions.rules.js';
import { QuestionsService } from './questions.service.js';
import { relayQuestions, ungroupQuestions } from './relay-questions.js';
import { SetClusters } from './set-clusters.js';
import { withdrawableQuestion } from './withdraw-question.js';

@Module({
  imports: [ProceedingsModule],
  controllers: [QuestionsController],
  providers: [FileQuestions, QuestionsService, SetClusters],
})
export class QuestionsModule implements OnModuleInit {
  constructor(private readonly parts: Parts) {}

  onModuleInit(): void {
    this.parts.addOffer(questionOffer);
    this.parts.addWithdrawable(withdrawableQuestion);
    this.parts.addConsequences(relayQuestions);
    this.parts.addParameters(...PARAMETERS);
    this.parts.resumptions.push(ungroupQuestions);
  }
}
