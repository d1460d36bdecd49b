import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './unsubscriptions.schemas.js';
import { UnsubscriptionsService } from './unsubscriptions.service.js';

@Controller()
export class UnsubscriptionsController {
  constructor(private readonly unsubscriptions: UnsubscriptionsService) {}

  @Route(op.getUnsubscription)
  get(@In() input: Input<typeof op.getUnsubscription>) {
    return this.unsubscriptions.get(input);
  }

  @Route(op.unsubscribe)
  end(@In() input: Input<typeof op.unsubscribe>) {
    return this.unsubscriptions.end(input);
  }
}
