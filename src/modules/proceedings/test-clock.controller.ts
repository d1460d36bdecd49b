import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './proceedings.schemas.js';
import { RunClock } from './run-clock.js';

/** Registered in test mode alone. */
@Controller()
export class TestClockController {
  constructor(private readonly clock: RunClock) {}

  @Route(op.advanceClock)
  advanceClock(@In() input: Input<typeof op.advanceClock>) {
    return this.clock.advance(input);
  }
}
