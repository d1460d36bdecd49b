import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { refusalOf } from '../database/sql-state.js';
import { preferredLanguage } from '../labels/languages.js';
import { Refused } from '../refused.js';
import { problem, titleIn, type Problem } from './problem.js';
import type { ArrivedRequest } from './request.js';
import { varyByLanguage } from './speaking.js';

/** Fastify's and Nest's own refusals, by status. */
const BY_STATUS: Record<number, string> = {
  400: 'malformed-request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  408: 'request-timeout',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  503: 'unavailable',
};

/** Puts a problem document on the wire, its title in the reader's language. */
export function sendProblem(reply: FastifyReply, answer: Problem): void {
  const asked = preferredLanguage(reply.request.headers['accept-language']);
  const title = titleIn(answer.code, asked);
  varyByLanguage(reply);
  void reply
    .header('content-language', title === undefined ? 'en' : asked)
    .status(answer.status)
    .header('cache-control', 'no-store')
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify({ ...answer, title: title ?? answer.title }));
}

/** The one place where a failure becomes an answer. Nothing internal leaves. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<ArrivedRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: ArrivedRequest, reply: FastifyReply): void {
    const answer = this.problemOf(error);
    if (answer.status >= 500) {
      this.log.error({ err: error, correlationId: request.id }, 'request failed');
    } else if (!(error instanceof Refused || error instanceof HttpException)) {
      // The database said no where no rule did: right for whoever asked, worth a look for us.
      this.log.warn({ err: error, correlationId: request.id }, 'refused by the database');
    }
    const wait = error instanceof Refused ? error.facts['retryAfterSeconds'] : undefined;
    if (typeof wait === 'number') reply.header('retry-after', String(wait));
    if (answer.status === 503) reply.header('retry-after', '5');
    if (answer.status === 401) reply.header('www-authenticate', 'Bearer realm="comity"');
    if (answer.status === 413 || answer.status === 408) reply.header('connection', 'close');
    sendProblem(reply, answer);
  }

  private problemOf(error: unknown): Problem {
    const refused = refusalOf(error);
    if (refused) return problem(refused.code, refused.facts, refused.faults);
    const status = error instanceof HttpException ? error.getStatus() : 500;
    return problem(BY_STATUS[status] ?? 'internal');
  }
}
