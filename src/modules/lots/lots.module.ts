import { Module, type OnModuleInit } from '@nestjs/common';
import { Engine, Parts, RescheduleSession } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { RecordModule } from '../record/record.module.js';
import { AnnounceLot } from './announce-lot.js';
import { DrawLot } from './draw-lot.js';
import { LotsController } from './lots.controller.js';
import { LotsService } from './lots.service.js';
import { troikaFacts, troikaOffer } from './offer-lots.js';
import {
  firstSpeaker,
  orderOfReview,
  organizationSpeakers,
  plenarySpeakers,
} from './plan-session.js';
import { troikaPurpose } from './plan-troika.js';
import { RecordDraw } from './record-draw.js';
import { Purposes } from './register-purposes.js';
import { ReplaceRapporteur } from './replace-rapporteur.js';
import { SealSeed } from './seal-seed.js';
import { TroikaController } from './troika.controller.js';
import { withdrawableLot } from './withdraw-lot.js';

@Module({
  imports: [ProceedingsModule, RecordModule],
  controllers: [LotsController, TroikaController],
  providers: [AnnounceLot, DrawLot, LotsService, Purposes, RecordDraw, ReplaceRapporteur, SealSeed],
  exports: [Purposes, RecordDraw],
})
export class LotsModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
    private readonly purposes: Purposes,
    private readonly rescheduling: RescheduleSession,
  ) {}

  onModuleInit(): void {
    this.purposes.add(
      troikaPurpose(this.engine),
      orderOfReview(this.rescheduling),
      firstSpeaker(this.purposes),
      plenarySpeakers(this.purposes),
      organizationSpeakers(this.purposes),
    );
    this.parts.addFacts(troikaFacts(this.engine));
    this.parts.addOffer(troikaOffer(this.purposes));
    this.parts.addWithdrawable(withdrawableLot);
    this.parts.addParameters(
      'troika.seats',
      'troika.distinctBy',
      'troika.body',
      'troika.substitutions',
      'plenary.speakers',
      'stakeholders.speakers',
    );
  }
}
