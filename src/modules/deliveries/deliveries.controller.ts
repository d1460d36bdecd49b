import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './deliveries.schemas.js';
import { DeliveriesService } from './deliveries.service.js';

@Controller()
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  @Route(op.listOwnDeliveries)
  own(@In() input: Input<typeof op.listOwnDeliveries>) {
    return this.deliveries.own(input);
  }

  @Route(op.listDeliveries)
  list(@In() input: Input<typeof op.listDeliveries>) {
    return this.deliveries.list(input);
  }

  @Route(op.sendAgain)
  again(@In() input: Input<typeof op.sendAgain>) {
    return this.deliveries.again(input);
  }
}
