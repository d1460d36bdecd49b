import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { z } from 'zod';
import { notFound, Refused } from '../refused.js';
import { OPERATION, type Input, type Operation } from './operation.js';
import { TOO_DEEP, UNREADABLE, type ArrivedRequest } from './request.js';
import { MOST } from './server-limits.js';
import { languageOf, readBy } from './speaking.js';
import { assertTusVersion } from './tus.js';
import { parseBody, parseQuery } from './validation.js';

const dryRunQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).optional() });
const noQuery = z.strictObject({});
const idempotencyKey = z.string().regex(/^[\x21-\x7e]{8,128}$/);

/**
 * Parses everything that a request brings by its operation, in the order that the contract
 * gives: shape before anything is looked up. Runs after the bearer guard.
 */
@Injectable()
export class InputGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const operation = this.reflector.get<Operation>(OPERATION, context.getHandler());
    const request = context.switchToHttp().getRequest<ArrivedRequest>();
    request.input = readInput(operation, request);
    if (operation.idempotent) readIdempotencyKey(request);
    return true;
  }
}

/** @throws Refused for the first part that has not the shape that the operation gives it */
export const readInput = (operation: Operation, request: ArrivedRequest): Input<Operation> => ({
  viewer: request.user as never,
  params: readParams(operation, request.params) as undefined,
  query: readQuery(operation, request.query as Record<string, unknown>) as undefined,
  headers: readHeaders(operation, request) as undefined,
  body: readBody(operation, request),
  ifMatch: readIfMatch(operation, request.headers['if-match']),
  language: languageFor(operation, request),
  request,
});

function languageFor({ localized, printable }: Operation, request: ArrivedRequest) {
  if (localized) return languageOf(request);
  return printable ? readBy(request) : 'en';
}

/** A malformed id names nothing: the same answer as an unknown one. */
function readParams(operation: Operation, given: unknown): unknown {
  const parsed = operation.params?.safeParse(given);
  if (parsed && !parsed.success) throw notFound();
  return parsed?.data;
}

function readQuery(operation: Operation, given: Record<string, unknown>): unknown {
  const { dryRun, ...rest } = given;
  if (dryRun !== undefined) {
    if (!operation.dryRun) throw new Refused('dry-run-not-offered');
    parseQuery(dryRunQuery, { dryRun });
  }
  return parseQuery(operation.query ?? noQuery, rest);
}

/** @throws Refused `tus-version-unsupported`, or `invalid-parameter` that names the header */
function readHeaders(operation: Operation, { headers }: ArrivedRequest): unknown {
  assertTusVersion(operation, headers);
  if (!operation.headers) return undefined;
  const names = Object.keys(operation.headers.shape);
  const sent = names.map((name) => [name, headers[name.toLowerCase()]]);
  return parseQuery(operation.headers, Object.fromEntries(sent));
}

function readBody(operation: Operation, request: ArrivedRequest): unknown {
  const { body } = operation;
  if (body === 'file' || body === 'chunk') return undefined;
  if (!body) {
    if (request.body !== undefined && request.body !== null) throw new Refused('unexpected-body');
    return undefined;
  }
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new Refused('unsupported-media-type', { allowed: ['application/json'] });
  }
  if (request.body === UNREADABLE) throw new Refused('malformed-json');
  if (request.body === TOO_DEEP) throw new Refused('json-too-deep', { most: MOST.depth });
  return parseBody(body, request.body);
}

/** The quoted version; a weak mark, such as a compressing proxy adds, is tolerated. */
function readIfMatch(operation: Operation, given: string | undefined): number | undefined {
  if (!operation.ifMatch || given === undefined) return undefined;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(given)?.[1];
  if (version === undefined) throw new Refused('malformed-if-match', { given });
  return Number(version);
}

export function readIdempotencyKey(request: ArrivedRequest): string {
  const given = request.headers['idempotency-key'];
  if (given === undefined) throw new Refused('idempotency-key-missing');
  const parsed = idempotencyKey.safeParse(given);
  if (!parsed.success) {
    throw new Refused('invalid-parameter', {}, [
      { parameter: 'Idempotency-Key', detail: '8 to 128 visible ASCII characters' },
    ]);
  }
  return parsed.data;
}
