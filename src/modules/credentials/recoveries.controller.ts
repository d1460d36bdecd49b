import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './recoveries.schemas.js';
import { RecoveriesService } from './recoveries.service.js';

@Controller()
export class RecoveriesController {
  constructor(private readonly recoveries: RecoveriesService) {}

  @Route(op.askRecovery)
  ask(@In() input: Input<typeof op.askRecovery>) {
    return this.recoveries.ask(input);
  }

  @Route(op.redeemRecovery)
  redeem(@In() input: Input<typeof op.redeemRecovery>) {
    return this.recoveries.redeem(input);
  }

  @Route(op.listRecoveries)
  list(@In() input: Input<typeof op.listRecoveries>) {
    return this.recoveries.list(input);
  }

  @Route(op.approveRecovery)
  approve(@In() input: Input<typeof op.approveRecovery>) {
    return this.recoveries.approve(input);
  }

  @Route(op.refuseRecovery)
  refuse(@In() input: Input<typeof op.refuseRecovery>) {
    return this.recoveries.refuse(input);
  }
}
