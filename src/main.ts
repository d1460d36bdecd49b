import 'reflect-metadata';
import { createApi } from './api.js';
import { loadEnvironment } from './config/environment.js';
import { StartRefused } from './config/start-refused.js';
import { makeLog } from './platform/log/log.js';

/** The API process. */
try {
  const environment = loadEnvironment();
  const log = makeLog(environment, 'api');
  const app = await createApi(environment, log);
  await app.listen(environment.port, environment.host);
  log.info({ port: environment.port, host: environment.host }, 'listening');
} catch (error) {
  const message = error instanceof StartRefused ? error.message : String((error as Error).stack);
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
