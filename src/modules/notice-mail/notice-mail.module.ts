import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { NoticeMailJobs } from './notice-mail.jobs.js';
import { ReceiveBounces } from './receive-bounces.js';
import { SendNoticeMail } from './send-notice-mail.js';

/** Notices by mail, and what comes back of it. */
@Module({
  imports: [DeliveriesModule],
  providers: [NoticeMailJobs, ReceiveBounces, SendNoticeMail],
})
export class NoticeMailModule {}
