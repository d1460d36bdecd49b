import { Module, type OnModuleInit } from '@nestjs/common';
import { MechanismsService } from '../mechanisms/index.js';
import { MechanismsModule } from '../mechanisms/mechanisms.module.js';
import { Engine, Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { CirculateList } from './circulate-list.js';
import { CIRCULATE, SIGN_OFF } from './find-report.js';
import { reportFacts, signatureDuties, signatureProgress } from './gather-signatures.js';
import { reportOffer } from './offer-report.js';
import { RecordReservation } from './record-reservation.js';
import { ReportsController } from './reports.controller.js';
import { SignReport } from './sign-report.js';
import { withdrawableReservation } from './withdraw-reservation.js';

/** From the list of recommendations to a draft report that may be adopted. */
@Module({
  imports: [MechanismsModule, ProceedingsModule],
  controllers: [ReportsController],
  providers: [CirculateList, RecordReservation, SignReport],
})
export class ReportsModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
    private readonly mechanisms: MechanismsService,
  ) {}

  onModuleInit(): void {
    this.parts.addActs(CIRCULATE, SIGN_OFF);
    this.parts.addFacts(reportFacts(this.engine));
    this.parts.addOffer(reportOffer);
    this.parts.addWithdrawable(withdrawableReservation);
    this.parts.duties.push(signatureDuties(this.mechanisms));
    this.parts.progress.push(signatureProgress);
  }
}
