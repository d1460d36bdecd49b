import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { MailKinds } from '../../platform/mail/mail-kinds.js';
import { Channels } from '../deliveries/index.js';
import { PostLetter } from './post-letter.js';
import { SendWebhook } from './send-webhook.js';
import { webhookOffMail } from './webhook-off-mail.rules.js';

@Injectable()
export class WebhooksJobs implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly channels: Channels,
    private readonly mail: MailKinds,
    private readonly send: SendWebhook,
    private readonly poster: PostLetter,
  ) {}

  onModuleInit(): void {
    this.channels.add(this.send);
    this.mail.add(webhookOffMail);
  }

  /** When what is under way has been taken. */
  onApplicationShutdown(): void {
    this.poster.close();
  }
}
