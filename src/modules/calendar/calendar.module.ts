import { Module } from '@nestjs/common';
import { MechanismsModule } from '../mechanisms/mechanisms.module.js';
import { CalendarController } from './calendar.controller.js';
import { CalendarService } from './calendar.service.js';

@Module({
  imports: [MechanismsModule],
  controllers: [CalendarController],
  providers: [CalendarService],
})
export class CalendarModule {}
