import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { Environment } from './config/environment.js';
import { receive } from './platform/http/arrival.js';
import { leaveToOperations } from './platform/http/connection.js';
import { EventStreams } from './platform/http/event-streams.js';
import { problem } from './platform/http/problem.js';
import { ProblemFilter, sendProblem } from './platform/http/problem.filter.js';
import { readBodies } from './platform/http/reading.js';
import { SECURITY_HEADERS } from './platform/http/security-headers.js';
import { serverLimits } from './platform/http/server-limits.js';
import { RateLimits } from './platform/limits/rate-limits.js';
import { NestLog } from './platform/log/log.js';
import { Health } from './platform/metrics/health.js';
import { Metrics } from './platform/metrics/metrics.js';

/** Builds the API, ready to listen. Used by the process and by the tests alike. */
export async function createApi(
  environment: Environment,
  log: Logger,
): Promise<NestFastifyApplication> {
  if (!environment.appDatabaseUrl) throw new Error('APP_DATABASE_URL is not set');
  if (!environment.publicDatabaseUrl) throw new Error('PUBLIC_DATABASE_URL is not set');
  const adapter = new FastifyAdapter({
    ...serverLimits(environment),
    trustProxy: environment.trustedProxies.length > 0 ? [...environment.trustedProxies] : false,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    // A stop finishes what has come; where to turn next is told by readiness.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be read names nothing.
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
      void reply.header('x-correlation-id', request.id).headers(SECURITY_HEADERS);
      sendProblem(reply, problem('not-found'));
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.for({ environment, log, databaseUrl: environment.appDatabaseUrl }),
    adapter,
    { bodyParser: false, logger: new NestLog(log), abortOnError: false },
  );
  const server = adapter.getInstance<FastifyInstance>();
  server.addHook('preClose', async () => app.get(EventStreams).close());
  stopGracefully(server);
  leaveToOperations(server);
  readBodies(server, environment.stallTimeout);
  receive(server, {
    log,
    limits: app.get(RateLimits),
    metrics: app.get(Metrics),
    health: app.get(Health),
    filter: app.get(ProblemFilter),
  });
  app.enableShutdownHooks();
  return app;
}

/** How long a stop waits for answers under way (milliseconds), and for connections kept open. */
const STOPPING = { patience: 8_000, look: 50 };

/**
 * When the server stops, answers under way are finished. Their clients keep the connections, and
 * some open one ahead: left alone, these would hold the server until it is killed.
 */
function stopGracefully(server: FastifyInstance): void {
  server.addHook('preClose', async () => {
    const { server: http } = server;
    if (!http.listening) return;
    const look = setInterval(() => http.closeIdleConnections(), STOPPING.look);
    const end = setTimeout(() => http.closeAllConnections(), STOPPING.patience);
    http.once('close', () => {
      clearInterval(look);
      clearTimeout(end);
    });
  });
}
