import type { INestApplicationContext } from '@nestjs/common';
import { Environment, loadEnvironment } from '../../src/config/environment.js';
import { makeLog } from '../../src/platform/log/log.js';
import { createWorker } from '../../src/worker.js';
import type { World } from './world.js';

/** A worker on a world's database, which tells people what happens. */
export function workerOf(world: World): Promise<INestApplicationContext> {
  const environment = loadEnvironment({
    WORKER_DATABASE_URL: world.api.database.workerUrl,
    COMITY_TEST_MODE: 'on',
    COMITY_POOL: '4',
    COMITY_MAIL_DIR: world.api.app.get(Environment).filesDir,
  });
  return createWorker(environment, makeLog(environment, 'worker'));
}
