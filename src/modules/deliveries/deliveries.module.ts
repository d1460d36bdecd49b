import { Module } from '@nestjs/common';
import { NoticesModule } from '../notices/notices.module.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { Channels } from './register-channels.js';
import { CarryLetters } from './carry-letters.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesJobs } from './deliveries.jobs.js';
import { DeliveriesService } from './deliveries.service.js';
import { PlanDeliveries } from './plan-deliveries.js';
import { SendLetters } from './send-letters.js';
import { SettleLetters } from './settle-letters.js';
import { TellSecretariat } from './tell-secretariat.js';
import { WatchDeliveries } from './watch-deliveries.js';
import { WriteLetters } from './write-letters.js';

/** Notices leave the house: each delivery once, with all that was answered. */
@Module({
  imports: [NoticesModule, ProceedingsModule],
  controllers: [DeliveriesController],
  providers: [
    CarryLetters,
    Channels,
    DeliveriesJobs,
    DeliveriesService,
    PlanDeliveries,
    SendLetters,
    SettleLetters,
    TellSecretariat,
    WatchDeliveries,
    WriteLetters,
  ],
  exports: [Channels, SettleLetters],
})
export class DeliveriesModule {}
