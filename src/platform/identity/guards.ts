import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { OPERATION, type Operation } from '../http/operation.js';
import { Refused } from '../refused.js';

/** Every operation needs a bearer session, unless its definition says that it is open. */
@Injectable()
export class BearerGuard extends AuthGuard('bearer') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override canActivate(context: ExecutionContext) {
    const operation = this.reflector.get<Operation | undefined>(OPERATION, context.getHandler());
    return operation?.open ? true : super.canActivate(context);
  }

  override handleRequest<T>(error: unknown, viewer: T | false): T {
    if (error) throw error;
    if (!viewer) throw new Refused('unauthenticated');
    return viewer;
  }
}

/** Signing in. A body without its two fields is left to the validation to refuse. */
@Injectable()
export class PasswordGuard extends AuthGuard('local') {
  override handleRequest<T>(error: unknown, account: T | false): T {
    if (error) throw error;
    return account || ({} as T);
  }
}
