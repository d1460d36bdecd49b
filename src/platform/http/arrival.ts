import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { RateLimits } from '../limits/rate-limits.js';
import type { Health } from '../metrics/health.js';
import type { Metrics } from '../metrics/metrics.js';
import { Refused } from '../refused.js';
import type { ProblemFilter } from './problem.filter.js';
import type { ArrivedRequest } from './request.js';
import { securityHeadersOf } from './security-headers.js';
import { MOST } from './server-limits.js';
import { TUS_HEADERS } from './tus.js';

/** What sees every request come and go. */
interface Watchers {
  readonly log: Logger;
  readonly limits: RateLimits;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly filter: ProblemFilter;
}

/** What is done for every request alike, before its route and after its answer. */
export function receive(server: FastifyInstance, watchers: Watchers): void {
  const { filter, health, limits } = watchers;
  server.addHook('onRequest', (arrived, reply, done) => {
    const request = arrived as ArrivedRequest;
    request.arrival = Date.now();
    reply.header('x-correlation-id', request.id);
    const { operation } = request.routeOptions.config;
    reply.headers(securityHeadersOf(operation));
    if (operation?.tus) reply.headers(TUS_HEADERS);
    if (health.stopping) reply.header('connection', 'close');
    const go = (refusal: Refused | undefined): void => {
      if (refusal) filter.answer(refusal, request, reply);
      else done();
    };
    const refusal = excessOf(request) ?? limits.arrive(request, reply);
    if (refusal instanceof Promise) refusal.then(go, done);
    else go(refusal);
  });
  server.addHook('onResponse', (request, reply, done) => {
    leave(watchers, request, reply);
    done();
  });
}

function excessOf({ raw: { url = '' } }: FastifyRequest): Refused | undefined {
  if (url.length > MOST.address) return new Refused('address-too-long');
  const query = url.indexOf('?');
  if (query < 0) return undefined;
  let count = 1;
  for (let at = url.indexOf('&', query); at >= 0; at = url.indexOf('&', at + 1)) count += 1;
  return count > MOST.parameters ? new Refused('too-many-parameters') : undefined;
}

function leave(
  { log, limits, metrics }: Watchers,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { config, url } = request.routeOptions;
  metrics.request(config.operation?.id ?? 'none', reply.statusCode, reply.elapsedTime);
  if (reply.statusCode === 401) void limits.turnAway(request).catch(() => undefined);
  log.info(
    {
      method: request.method,
      route: url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      correlationId: request.id,
    },
    'request',
  );
}
