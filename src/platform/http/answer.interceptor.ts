import {
  Injectable,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { createHash, createHmac } from 'node:crypto';
import type { Readable } from 'node:stream';
import { map, Observable } from 'rxjs';
import { requestContext, type RequestContext } from '../request-context.js';
import { readIdempotencyKey } from './input.guard.js';
import { OPERATION, type Operation } from './operation.js';
import type { ArrivedRequest } from './request.js';

/** Bytes on their way out. */
export interface Download {
  readonly stream: Readable;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly fileName: string;
}

/** Opens the request's context for the units of work, and puts the answer on the wire. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const operation = this.reflector.get<Operation>(OPERATION, context.getHandler());
    const request = context.switchToHttp().getRequest<ArrivedRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const scope = contextOf(operation, request);
    const handled = new Observable<unknown>((subscriber) =>
      requestContext.run(scope, () => next.handle().subscribe(subscriber)),
    );
    return handled.pipe(map((answer) => present(operation, scope, { answer, request, reply })));
  }
}

function contextOf(operation: Operation, request: ArrivedRequest): RequestContext {
  const dryRun = (request.query as { dryRun?: string }).dryRun === 'true';
  const scope = { operation: operation.id, arrival: request.arrival, dryRun, replayed: false };
  if (!operation.idempotent) return scope;
  const key = readIdempotencyKey(request);
  // The key is not kept as it is: what is kept of the body, a password in it too, can't be guessed.
  const bodyHash = createHmac('sha256', key)
    .update(JSON.stringify(request.body ?? null))
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
  if (operation.cached) return cached(operation, exchange);
  reply.header('cache-control', 'no-store');
  if (scope.replayed) reply.header('idempotency-replayed', 'true');
  if (scope.dryRun) {
    reply.status(200);
    return answer;
  }
  if (!operation.returns) return undefined;
  if (operation.returns === 'file') return download(answer as Download, reply);
  const body = operation.returns.parse(answer) as Record<string, unknown>;
  if (typeof body['version'] === 'number') reply.header('etag', `"${body['version']}"`);
  if (operation.location) reply.header('location', filled(operation.location, body));
  link(body, request, reply);
  return body;
}

/** A template's `{names}`, each replaced by the field of that name. */
const filled = (template: string, fields: Record<string, unknown>): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(fields[name])));

/** Public: a strong ETag over the very bytes, and 304 when the reader has them. */
function cached(operation: Operation, { answer, request, reply }: Exchange): unknown {
  reply.header('cache-control', 'public, max-age=30');
  if (operation.returns === 'file') {
    const file = answer as Download;
    const etag = `"${file.sha256}"`;
    reply.header('etag', etag);
    if (matches(request, etag)) {
      file.stream.destroy();
      reply.status(304);
      return undefined;
    }
    return download(file, reply);
  }
  // Text comes from the record, where it was put by a presenter; the rest is whitelisted here.
  const whole = typeof answer === 'string' ? answer : operation.returns!.parse(answer);
  const text = typeof whole === 'string' ? whole : JSON.stringify(whole);
  const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  reply.header('etag', etag);
  if (matches(request, etag)) {
    reply.status(304);
    return undefined;
  }
  reply.header('content-type', 'application/json; charset=utf-8');
  link(nextOf(text, answer), request, reply);
  return text;
}

const matches = (request: ArrivedRequest, etag: string): boolean =>
  (request.headers['if-none-match'] ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === etag || tag === '*');

/** A page that comes as text ends with its cursor: it is read without parsing the items. */
function nextOf(text: string, answer: unknown): Record<string, unknown> {
  if (typeof answer !== 'string') return answer as Record<string, unknown>;
  return { next: /"next":"([\w-]+)"\}$/.exec(text)?.[1] };
}

function link(body: Record<string, unknown>, request: ArrivedRequest, reply: FastifyReply): void {
  if (typeof body['next'] !== 'string') return;
  const here = new URL(request.url, 'http://comity.invalid');
  here.searchParams.set('cursor', body['next']);
  reply.header('link', `<${here.pathname}${here.search}>; rel="next"`);
}

function download(file: Download, reply: FastifyReply): StreamableFile {
  const digest = Buffer.from(file.sha256, 'hex').toString('base64');
  reply.header('repr-digest', `sha-256=:${digest}:`).header('x-content-type-options', 'nosniff');
  return new StreamableFile(file.stream, {
    type: file.mediaType,
    length: file.bytes,
    disposition: `attachment; filename="${file.fileName}"`,
  });
}
