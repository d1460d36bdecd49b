import { Module, type OnModuleInit } from '@nestjs/common';
import { MechanismsModule } from '../mechanisms/mechanisms.module.js';
import { MechanismsService } from '../mechanisms/index.js';
import { Engine } from './engine.service.js';
import { calendarFacts } from './gather-calendar.js';
import { CALENDAR_ANCHORS } from './keep-deadlines.js';
import { MoveProceeding } from './move-proceeding.js';
import { OpenProceeding } from './open-proceeding.js';
import { ProceedingsController } from './proceedings.controller.js';
import { ProceedingsJobs } from './proceedings.jobs.js';
import { ProceedingsService } from './proceedings.service.js';
import { publishPageConsequence } from './publish-proceeding.js';
import { Parts } from './register-parts.js';
import { RescheduleSession } from './reschedule-session.js';
import { RunClock } from './run-clock.js';

@Module({
  imports: [MechanismsModule],
  controllers: [ProceedingsController],
  providers: [
    Engine,
    MoveProceeding,
    OpenProceeding,
    Parts,
    ProceedingsJobs,
    ProceedingsService,
    RescheduleSession,
    RunClock,
  ],
  exports: [Engine, MoveProceeding, OpenProceeding, Parts, ProceedingsService, RunClock],
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
