import { Module, type OnModuleInit } from '@nestjs/common';
import { Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { FollowUpController } from './follow-up.controller.js';
import { FollowUpService } from './follow-up.service.js';
import { GiveFollowUp } from './give-follow-up.js';
import { followUpOffer } from './offer-follow-up.js';
import { PrepareFollowUp } from './prepare-follow-up.js';
import { withdrawableAssessment } from './withdraw-assessment.js';

@Module({
  imports: [ProceedingsModule],
  controllers: [FollowUpController],
  providers: [FollowUpService, GiveFollowUp, PrepareFollowUp],
  exports: [GiveFollowUp, PrepareFollowUp],
})
export class FollowUpModule implements OnModuleInit {
  constructor(private readonly parts: Parts) {}

  onModuleInit(): void {
    this.parts.addOffer(followUpOffer);
    this.parts.addWithdrawable(withdrawableAssessment);
  }
}
