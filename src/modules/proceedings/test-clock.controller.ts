import { Controller, type OnApplicationBootstrap } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './proceedings.schemas.js';
import { RunClock } from './run-clock.js';

/** Registered in test mode alone, and in the API alone: the worker may not set the clock. */
@Controller()
export class TestClockController implements OnApplicationBootstrap {
  constructor(private readonly clock: RunClock) {}

  onApplicationBootstrap(): Promise<void> {
    return this.clock.begin();
  }

  @Route(op.advanceClock)
  advanceClock(@In() input: Input<typeof op.advanceClock>) {
    return this.clock.advance(input);
  }
}
