import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { DeskController } from './desk.controller.js';
import { FileDocuments } from './file-documents.js';
import { MoveReviews } from './move-reviews.js';
import { ShowDesk } from './show-desk.js';

@Module({
  imports: [DocumentsModule, ProceedingsModule],
  controllers: [DeskController],
  providers: [FileDocuments, MoveReviews, ShowDesk],
})
export class DeskModule {}
