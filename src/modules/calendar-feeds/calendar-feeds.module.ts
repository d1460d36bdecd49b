import { Module } from '@nestjs/common';
import { MechanismsModule } from '../mechanisms/mechanisms.module.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { CalendarFeedsController } from './calendar-feeds.controller.js';
import { CalendarFeedsService } from './calendar-feeds.service.js';
import { SendCalendar } from './send-calendar.js';

/** Deadlines and dates as calendars (RFC 5545) that programs subscribe to. */
@Module({
  imports: [MechanismsModule, ProceedingsModule],
  controllers: [CalendarFeedsController],
  providers: [CalendarFeedsService, SendCalendar],
})
export class CalendarFeedsModule {}
