import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './proceedings.schemas.js';
import { ProceedingsService } from './proceedings.service.js';
import { RescheduleSession } from './reschedule-session.js';
import { RunClock } from './run-clock.js';

@Controller()
export class ProceedingsController {
  constructor(
    private readonly proceedings: ProceedingsService,
    private readonly rescheduling: RescheduleSession,
    private readonly clock: RunClock,
  ) {}

  @Route(op.duties)
  duties(@In() input: Input<typeof op.duties>) {
    return this.proceedings.duties(input);
  }

  @Route(op.rescheduleSession)
  reschedule(@In() input: Input<typeof op.rescheduleSession>) {
    return this.rescheduling.run(input);
  }

  @Route(op.readClock)
  readClock(@In() input: Input<typeof op.readClock>) {
    return this.clock.read(input);
  }
}
