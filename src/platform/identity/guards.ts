import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { OPERATION, type Operation } from '../http/operation.js';
import { askedOf } from '../http/scope.js';
import { RateLimits } from '../limits/rate-limits.js';
import { Refused } from '../refused.js';
import type { Viewer } from './viewer.js';

/** Every operation needs a bearer session or key, unless its definition says that it is open. */
@Injectable()
export class BearerGuard extends AuthGuard('bearer') {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
  ) {
    super();
  }

  override canActivate(context: ExecutionContext) {
    return this.operation(context)?.open ? true : super.canActivate(context);
  }

  override handleRequest<T>(
    error: unknown,
    viewer: T | false,
    _info: unknown,
    context: ExecutionContext,
  ): T {
    if (error) throw error;
    if (!viewer) {
      const http = context.switchToHttp();
      const late = this.limits.turnedAway(http.getRequest<FastifyRequest>(), http.getResponse());
      throw late ?? new Refused('unauthenticated');
    }
    const operation = this.operation(context);
    if (operation) assertScope(operation, viewer as unknown as Viewer);
    return viewer;
  }

  private operation(context: ExecutionContext): Operation | undefined {
    return this.reflector.get<Operation | undefined>(OPERATION, context.getHandler());
  }
}

/** @throws Refused `scope-missing`, naming it, `session-needed`, or `forbidden` but for a case key */
function assertScope(operation: Operation, { scopes, email }: Viewer): void {
  const asked = askedOf(operation);
  const byCaseKey = email === null;
  if (asked === 'case-key') {
    if (!byCaseKey) throw new Refused('forbidden', { needs: 'case-key' });
    return;
  }
  if (scopes === undefined || asked === 'nothing') return;
  if (asked === 'session' || (byCaseKey && operation.mailed)) throw new Refused('session-needed');
  if (!scopes.includes(asked.scope)) throw new Refused('scope-missing', asked);
}

/** Signing in. A body without its two fields is left to the validation to refuse. */
@Injectable()
export class PasswordGuard extends AuthGuard('local') {
  override handleRequest<T>(error: unknown, account: T | false): T {
    if (error) throw error;
    return account || ({} as T);
  }
}
