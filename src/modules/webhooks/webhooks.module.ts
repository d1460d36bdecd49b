import { Module } from '@nestjs/common';
import { Environment } from '../../config/environment.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { PostLetter } from './post-letter.js';
import { SealSecret } from './seal-secret.js';
import { SendWebhook } from './send-webhook.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksJobs } from './webhooks.jobs.js';
import { WebhooksService } from './webhooks.service.js';

/** Notices posted to where people want them, signed. */
@Module({
  imports: [DeliveriesModule],
  controllers: [WebhooksController],
  providers: [
    {
      provide: PostLetter,
      inject: [Environment],
      useFactory: ({ webhookTargets }: Environment) => new PostLetter(webhookTargets),
    },
    SealSecret,
    SendWebhook,
    WebhooksJobs,
    WebhooksService,
  ],
})
export class WebhooksModule {}
