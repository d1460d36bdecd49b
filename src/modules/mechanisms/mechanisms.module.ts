import { Module } from '@nestjs/common';
import { MechanismsController } from './mechanisms.controller.js';
import { MechanismsService } from './mechanisms.service.js';

@Module({
  controllers: [MechanismsController],
  providers: [MechanismsService],
  exports: [MechanismsService],
})
export class MechanismsModule {}
