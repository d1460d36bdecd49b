import { Module, type OnModuleInit } from '@nestjs/common';
import { Environment } from '../../config/environment.js';
import { MechanismsModule } from '../mechanisms/mechanisms.module.js';
import { MechanismsService } from '../mechanisms/index.js';
import { ApplyLedger } from './apply-ledger.js';
import { ApplyWithdrawal } from './apply-withdrawal.js';
import { CheckSeals } from './check-seals.js';
import { Engine } from './engine.service.js';
import { calendarFacts } from './gather-calendar.js';
import { CALENDAR_ANCHORS } from './count-deadlines.js';
import { WithdrawalLedger } from './keep-ledger.js';
import { MoveProceeding } from './move-proceeding.js';
import { OpenProceeding } from './open-proceeding.js';
import { ProceedingsController } from './proceedings.controller.js';
import { ProceedingsJobs } from './proceedings.jobs.js';
import { ProceedingsService } from './proceedings.service.js';
import { publishPageConsequence } from './publish-proceeding.js';
import { Parts } from './register-parts.js';
import { RescheduleSession } from './reschedule-session.js';
import { RunClock } from './run-clock.js';
import { SealOriginal } from './seal-original.js';
import { SealRoot } from './seal-root.js';
import { WithdrawItem } from './withdraw-item.js';
import { WithdrawalsController } from './withdrawals.controller.js';
import { WithdrawalsService } from './withdrawals.service.js';

@Module({
  imports: [MechanismsModule],
  controllers: [ProceedingsController, WithdrawalsController],
  providers: [
    ApplyLedger,
    ApplyWithdrawal,
    CheckSeals,
    Engine,
    MoveProceeding,
    OpenProceeding,
    Parts,
    ProceedingsJobs,
    ProceedingsService,
    RescheduleSession,
    RunClock,
    SealOriginal,
    SealRoot,
    WithdrawItem,
    WithdrawalsService,
    {
      provide: WithdrawalLedger,
      inject: [Environment],
      useFactory: ({ filesDir }: Environment) => new WithdrawalLedger(filesDir),
    },
  ],
  exports: [
    Engine,
    MoveProceeding,
    OpenProceeding,
    Parts,
    ProceedingsService,
    RescheduleSession,
    RunClock,
    WithdrawalLedger,
  ],
})
export class ProceedingsModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly mechanisms: MechanismsService,
  ) {}

  onModuleInit(): void {
    this.parts.addFacts(calendarFacts);
    this.parts.addConsequences(publishPageConsequence);
    this.mechanisms.registerAnchors(CALENDAR_ANCHORS);
  }
}
