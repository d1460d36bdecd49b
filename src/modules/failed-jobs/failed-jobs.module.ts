import { Module } from '@nestjs/common';
import { FailedJobsController } from './failed-jobs.controller.js';
import { FailedJobsService } from './failed-jobs.service.js';

/** What the worker could not do: shown to whoever runs the service, who decides what becomes of it. */
@Module({ controllers: [FailedJobsController], providers: [FailedJobsService] })
export class FailedJobsModule {}
