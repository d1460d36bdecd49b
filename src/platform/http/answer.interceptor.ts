import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { createHash, createHmac } from 'node:crypto';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { requestContext, type RequestContext } from '../request-context.js';
import { download, link, live, type Download } from './answers.js';
import type { EventStream } from './event-stream.js';
import { readIdempotencyKey } from './input.guard.js';
import { OPERATION, type Operation } from './operation.js';
import { Page, sendPage } from './pages.js';
import type { ArrivedRequest } from './request.js';
import { speak, varyBy } from './speaking.js';

/** Opens the request's context for the units of work, and puts the answer on the wire. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const operation = this.reflector.get<Operation>(OPERATION, context.getHandler());
    const request = context.switchToHttp().getRequest<ArrivedRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const scope = contextOf(operation, request);
    const answer = await requestContext.run(scope, () => lastValueFrom(next.handle()));
    return of(await present(operation, scope, { answer, request, reply }));
  }
}

function contextOf(operation: Operation, request: ArrivedRequest): RequestContext {
  const dryRun = (request.query as { dryRun?: string }).dryRun === 'true';
  const scope = { operation: operation.id, arrival: request.arrival, dryRun, replayed: false };
  if (!operation.idempotent) return scope;
  const key = readIdempotencyKey(request);
  // The key is not kept as it is: what is kept of the body, a password in it too, can't be guessed.
  // Of a chunk the announcement stands for all: what came of it, a repeat continues.
  const sent = operation.body === 'chunk' ? (request.input?.headers ?? null) : request.body;
  const bodyHash = createHmac('sha256', key)
    .update(JSON.stringify(sent ?? null))
    .digest('hex');
  const target = `${operation.method} ${request.url}`;
  const keyHash = createHash('sha256').update(key).digest('hex');
  return { ...scope, idempotency: { key: keyHash, target, bodyHash } };
}

interface Exchange {
  readonly answer: unknown;
  readonly request: ArrivedRequest;
  readonly reply: FastifyReply;
}

function present(operation: Operation, scope: RequestContext, exchange: Exchange): unknown {
  const { answer, request, reply } = exchange;
  reply.header('cache-control', 'no-store');
  if (scope.replayed) reply.header('idempotency-replayed', 'true');
  if (operation.localized) speak(reply, request);
  if (scope.dryRun) {
    reply.status(200);
    return answer;
  }
  tell(operation, answer as never, reply);
  if (!operation.returns) return undefined;
  if (operation.returns === 'file') return download(answer as Download, exchange);
  if (operation.returns === 'events') return live(answer as EventStream, reply);
  if (operation.printable) varyBy(reply, 'Accept');
  if (answer instanceof Page) return sendPage(answer, reply);
  const body = operation.returns.parse(answer) as Record<string, unknown>;
  if (typeof body['version'] === 'number') reply.header('etag', `"${body['version']}"`);
  if (operation.location) reply.header('location', filled(operation.location, body));
  link(body, request, reply);
  return body;
}

function tell({ tells = {} }: Operation, answer: never, reply: FastifyReply): void {
  for (const [name, write] of Object.entries(tells)) {
    const value = write(answer);
    if (value !== undefined) reply.header(name, value);
  }
}

/** A template's `{names}`, each replaced by the field of that name. */
const filled = (template: string, fields: Record<string, unknown>): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(fields[name])));
