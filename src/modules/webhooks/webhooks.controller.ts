import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './webhooks.schemas.js';
import { WebhooksService } from './webhooks.service.js';

@Controller()
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Route(op.listWebhooks)
  list(@In() input: Input<typeof op.listWebhooks>) {
    return this.webhooks.list(input);
  }

  @Route(op.createWebhook)
  create(@In() input: Input<typeof op.createWebhook>) {
    return this.webhooks.create(input);
  }

  @Route(op.getWebhook)
  get(@In() input: Input<typeof op.getWebhook>) {
    return this.webhooks.get(input);
  }

  @Route(op.putWebhook)
  put(@In() input: Input<typeof op.putWebhook>) {
    return this.webhooks.put(input);
  }

  @Route(op.deleteWebhook)
  delete(@In() input: Input<typeof op.deleteWebhook>) {
    return this.webhooks.delete(input);
  }

  @Route(op.rotateWebhookSecret)
  rotate(@In() input: Input<typeof op.rotateWebhookSecret>) {
    return this.webhooks.rotate(input);
  }
}
