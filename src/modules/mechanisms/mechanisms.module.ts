import { Module } from '@nestjs/common';
import { CheckPins } from './check-pins.js';
import { MechanismsController } from './mechanisms.controller.js';
import { MechanismsService } from './mechanisms.service.js';

@Module({
  controllers: [MechanismsController],
  providers: [CheckPins, MechanismsService],
  exports: [MechanismsService],
})
export class MechanismsModule {}
