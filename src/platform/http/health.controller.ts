import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Health } from '../metrics/health.js';
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
  constructor(private readonly health: Health) {}

  @Route(live)
  live() {
    return { status: 'ok' as const };
  }

  @Route(ready)
  async ready() {
    if ((await this.health.faults()).length > 0) throw new Refused('unavailable');
    return { status: 'ok' as const };
  }
}
