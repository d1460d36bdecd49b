import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import type { Logger } from 'pino';
import { pathToFileURL } from 'node:url';
import { loadEnvironment, type Environment } from './config/environment.js';
import { StartRefused } from './config/start-refused.js';
import { makeLog, NestLog } from './platform/log/log.js';
import { WorkerModule } from './worker.module.js';

/** Builds the worker; it works from `init` on. Used by the process and by the tests alike. */
export async function createWorker(
  environment: Environment,
  log: Logger,
): Promise<INestApplicationContext> {
  if (!environment.workerDatabaseUrl) throw new Error('WORKER_DATABASE_URL is not set');
  const app = await NestFactory.createApplicationContext(
    WorkerModule.for({ environment, log, databaseUrl: environment.workerDatabaseUrl }),
    { logger: new NestLog(log), abortOnError: false },
  );
  app.enableShutdownHooks();
  return app;
}

/** The worker process. */
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const environment = loadEnvironment();
    const log = makeLog(environment, 'worker');
    await createWorker(environment, log);
    log.info({ queue: environment.redisUrl ? 'redis' : 'postgresql' }, 'working');
  } catch (error) {
    const message = error instanceof StartRefused ? error.message : String((error as Error).stack);
    process.stderr.write(`${message}\n`);
    process.exit(1);
  }
}
