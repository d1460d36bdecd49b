import { Module } from '@nestjs/common';
import { MechanismsModule } from '../mechanisms/mechanisms.module.js';
import { VocabulariesController } from './vocabularies.controller.js';
import { VocabulariesService } from './vocabularies.service.js';

@Module({
  imports: [MechanismsModule],
  controllers: [VocabulariesController],
  providers: [VocabulariesService],
})
export class VocabulariesModule {}
