import { Module } from '@nestjs/common';
import { NoticesModule } from '../notices/notices.module.js';
import { Channels } from './channels.js';
import { DeliveriesJobs } from './deliveries.jobs.js';
import { PlanDeliveries } from './plan-deliveries.js';
import { SendLetters } from './send-letters.js';
import { SettleLetters } from './settle-letters.js';
import { WriteLetters } from './write-letters.js';

/** Notices leave the house: each delivery once, with all that was answered. */
@Module({
  imports: [NoticesModule],
  providers: [Channels, DeliveriesJobs, PlanDeliveries, SendLetters, SettleLetters, WriteLetters],
  exports: [Channels, SettleLetters],
})
export class DeliveriesModule {}
