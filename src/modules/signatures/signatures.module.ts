import { Module } from '@nestjs/common';
import { SignaturesController } from './signatures.controller.js';
import { SignaturesJobs } from './signatures.jobs.js';
import { SignaturesService } from './signatures.service.js';

/** The signature of a side, delegated for stated days. */
@Module({ controllers: [SignaturesController], providers: [SignaturesJobs, SignaturesService] })
export class SignaturesModule {}
