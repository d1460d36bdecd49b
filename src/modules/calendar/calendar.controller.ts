import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { CalendarService } from './calendar.service.js';
import * as op from './calendar.schemas.js';

@Controller()
export class CalendarController {
  constructor(private readonly calendar: CalendarService) {}

  @Route(op.createCycle)
  createCycle(@In() input: Input<typeof op.createCycle>) {
    return this.calendar.createCycle(input);
  }

  @Route(op.listCycles)
  cycles(@In() input: Input<typeof op.listCycles>) {
    return this.calendar.cycles(input);
  }

  @Route(op.createSession)
  createSession(@In() input: Input<typeof op.createSession>) {
    return this.calendar.createSession(input);
  }

  @Route(op.listSessions)
  sessions(@In() input: Input<typeof op.listSessions>) {
    return this.calendar.sessions(input);
  }

  @Route(op.getSession)
  session(@In() input: Input<typeof op.getSession>) {
    return this.calendar.session(input);
  }

  @Route(op.listSchedule)
  schedule(@In() input: Input<typeof op.listSchedule>) {
    return this.calendar.schedule(input);
  }

  @Route(op.addSlot)
  addSlot(@In() input: Input<typeof op.addSlot>) {
    return this.calendar.addSlot(input);
  }
}
