import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { BeginUpload } from './begin-upload.js';
import { FinishUpload } from './finish-upload.js';
import { TakeChunk } from './take-chunk.js';
import { UploadsController } from './uploads.controller.js';
import { UploadsJobs } from './uploads.jobs.js';
import { UploadsService } from './uploads.service.js';

@Module({
  imports: [DocumentsModule],
  controllers: [UploadsController],
  providers: [BeginUpload, FinishUpload, TakeChunk, UploadsJobs, UploadsService],
})
export class UploadsModule {}
