import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './failed-jobs.schemas.js';
import { FailedJobsService } from './failed-jobs.service.js';

@Controller()
export class FailedJobsController {
  constructor(private readonly jobs: FailedJobsService) {}

  @Route(op.listFailedJobs)
  list(@In() input: Input<typeof op.listFailedJobs>) {
    return this.jobs.list(input);
  }

  @Route(op.getFailedJob)
  get(@In() input: Input<typeof op.getFailedJob>) {
    return this.jobs.get(input);
  }

  @Route(op.retryFailedJob)
  retry(@In() input: Input<typeof op.retryFailedJob>) {
    return this.jobs.retry(input);
  }

  @Route(op.discardFailedJob)
  discard(@In() input: Input<typeof op.discardFailedJob>) {
    return this.jobs.discard(input);
  }
}
