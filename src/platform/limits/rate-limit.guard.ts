import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ArrivedRequest } from '../http/request.js';
import { RateLimits } from './rate-limits.js';

/** Counts for the account, as soon as the bearer guard has said whose request it is. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(private readonly limits: RateLimits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<ArrivedRequest>();
    const { user } = request;
    if (user) await this.limits.enter(request, http.getResponse<FastifyReply>(), user.accountId);
    return true;
  }
}
