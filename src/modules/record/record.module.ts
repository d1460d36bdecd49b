import { Module } from '@nestjs/common';
import { MechanismsModule } from '../mechanisms/mechanisms.module.js';
import { FollowUpOfRecord } from './follow-up.service.js';
import { RecordController } from './record.controller.js';
import { RecordService } from './record.service.js';
import { RootsService } from './roots.service.js';

@Module({
  imports: [MechanismsModule],
  controllers: [RecordController],
  providers: [FollowUpOfRecord, RecordService, RootsService],
  exports: [RecordService],
})
export class RecordModule {}
