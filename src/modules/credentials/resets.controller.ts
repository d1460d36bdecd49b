import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './resets.schemas.js';
import { ResetsService } from './resets.service.js';

@Controller()
export class ResetsController {
  constructor(private readonly resets: ResetsService) {}

  @Route(op.askReset)
  ask(@In() input: Input<typeof op.askReset>) {
    return this.resets.ask(input);
  }

  @Route(op.redeemReset)
  redeem(@In() input: Input<typeof op.redeemReset>) {
    return this.resets.redeem(input);
  }
}
