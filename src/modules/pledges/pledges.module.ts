import { Module, type OnModuleInit } from '@nestjs/common';
import { Engine, Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { pledgeOffer } from './offer-pledges.js';
import { PledgesController } from './pledges.controller.js';
import { PledgesService } from './pledges.service.js';
import { publishPledgesConsequence } from './publish-pledges.js';
import { withdrawablePledge } from './withdraw-pledge.js';

@Module({
  imports: [ProceedingsModule],
  controllers: [PledgesController],
  providers: [PledgesService],
})
export class PledgesModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
  ) {}

  onModuleInit(): void {
    this.parts.addOffer(pledgeOffer);
    this.parts.addWithdrawable(withdrawablePledge);
    this.parts.addConsequences(publishPledgesConsequence(this.engine));
  }
}
