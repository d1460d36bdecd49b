import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { PublicReader } from '../database/public-reader.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refused } from '../refused.js';
import { operation, Route } from './operation.js';

const ok = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });

export const live = operation({
  id: 'healthLive',
  method: 'GET',
  path: '/health/live',
  tag: 'operation',
  summary: 'The process runs',
  description: 'Looks at nothing but the process: for whoever restarts it.',
  open: true,
  returns: ok,
});
export const ready = operation({
  id: 'healthReady',
  method: 'GET',
  path: '/health/ready',
  tag: 'operation',
  summary: 'The process can answer: its databases do',
  description: 'Asks the database under both of its roles: for whoever sends requests here.',
  open: true,
  returns: ok,
  problems: ['unavailable'],
});

@Controller()
export class HealthController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: PublicReader,
  ) {}

  @Route(live)
  live() {
    return { status: 'ok' as const };
  }

  @Route(ready)
  async ready() {
    try {
      await this.work.system('health', async (tx) => tx.rows('SELECT 1'));
      await this.reader.rows('health', 'SELECT 1');
    } catch {
      throw new Refused('unavailable');
    }
    return { status: 'ok' as const };
  }
}
