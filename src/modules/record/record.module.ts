import { Module } from '@nestjs/common';
import { MechanismsModule } from '../mechanisms/mechanisms.module.js';
import { RecordController } from './record.controller.js';
import { RecordService } from './record.service.js';

@Module({
  imports: [MechanismsModule],
  controllers: [RecordController],
  providers: [RecordService],
})
export class RecordModule {}
