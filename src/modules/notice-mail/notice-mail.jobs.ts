import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Jobs } from '../../platform/queue/jobs.js';
import { ReceiveBounces } from './receive-bounces.js';

@Injectable()
export class NoticeMailJobs {
  constructor(jobs: Jobs, bounces: ReceiveBounces) {
    jobs.add({
      name: 'receive-bounces',
      payload: z.strictObject({}),
      every: 30_000,
      run: () => bounces.receive(),
    });
  }
}
