import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { Environment } from './config/environment.js';
import { problem } from './platform/http/problem.js';
import { sendProblem } from './platform/http/problem.filter.js';
import { UNREADABLE, type ArrivedRequest } from './platform/http/request.js';
import { NestLog } from './platform/log/log.js';

/** Builds the API, ready to listen. Used by the process and by the tests alike. */
export async function createApi(
  environment: Environment,
  log: Logger,
): Promise<NestFastifyApplication> {
  if (!environment.appDatabaseUrl) throw new Error('APP_DATABASE_URL is not set');
  if (!environment.publicDatabaseUrl) throw new Error('PUBLIC_DATABASE_URL is not set');
  const adapter = new FastifyAdapter({
    bodyLimit: environment.maxBody,
    trustProxy: environment.trustedProxies.length > 0 ? [...environment.trustedProxies] : false,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    connectionTimeout: 60_000,
    requestTimeout: 300_000,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be read names nothing.
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
      void reply.header('x-correlation-id', request.id);
      sendProblem(reply, problem('not-found'));
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.for({ environment, log, databaseUrl: environment.appDatabaseUrl }),
    adapter,
    { bodyParser: false, logger: new NestLog(log), abortOnError: false },
  );
  prepare(adapter.getInstance<FastifyInstance>(), log);
  app.enableShutdownHooks();
  return app;
}

type Server = FastifyInstance;

/** How long a stop waits for answers under way (milliseconds), and for connections kept open. */
const STOPPING = { patience: 8_000, look: 50 };

/**
 * When the server stops, answers under way are finished. Their clients keep the connections, and
 * some open one ahead: left alone, these would hold the server until it is killed.
 */
function stopGracefully(server: Server): void {
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

function prepare(server: Server, log: Logger): void {
  stopGracefully(server);
  server.removeAllContentTypeParsers();
  const parse = server.getDefaultJsonParser('error', 'error');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const read = (bytes: Buffer): string | undefined => {
    try {
      return utf8.decode(bytes);
    } catch {
      return undefined;
    }
  };
  // What cannot be read is handed on as such: who asks is looked at before what is asked.
  server.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      const text = read(bytes);
      if (text === undefined) return done(null, UNREADABLE);
      if (text === '') return done(null);
      return parse(request, text, (error, body) => done(null, error ? UNREADABLE : body));
    },
  );
  // Whatever else comes is handed on as a stream: operations that take files read it.
  server.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  server.addHook('onRequest', async (request, reply) => {
    (request as ArrivedRequest).arrival = Date.now();
    reply.header('x-correlation-id', request.id);
  });
  server.addHook('onResponse', async (request, reply) => {
    log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        correlationId: request.id,
      },
      'request',
    );
  });
}
