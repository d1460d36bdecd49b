import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy as Bearer } from 'passport-http-bearer';
import { Strategy as Local } from 'passport-local';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { ArrivedRequest } from '../http/request.js';
import { provePassword, type Proven } from './prove-password.js';
import { CASE_KEY_SCOPES } from './case-key-scopes.js';
import { CASE_KEY_PREFIX, hashToken, KEY_PREFIX, SESSION_IDLE } from './tokens.js';
import type { Viewer } from './viewer.js';

/** A bearer session or key becomes the person behind it, with the seats held at this moment. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Bearer, 'bearer') {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async validate(token: string): Promise<Viewer | false> {
    const hash = hashToken(token);
    if (token.startsWith(CASE_KEY_PREFIX)) {
      const viewer = await this.redeem('identity.redeem_case_key', [hash]);
      return viewer && { ...viewer, scopes: CASE_KEY_SCOPES };
    }
    return token.startsWith(KEY_PREFIX)
      ? this.redeem('identity.redeem_key', [hash])
      : this.redeem('identity.redeem', [hash, SESSION_IDLE]);
  }

  private async redeem(call: `identity.${string}`, args: string[]): Promise<Viewer | false> {
    const row = await this.work.identity<{ answer: Viewer | null }>(call, args);
    return row?.answer ?? false;
  }
}

/** A local account proves itself by its password. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Local, 'local') {
  constructor(private readonly work: UnitOfWork) {
    super({ usernameField: 'email', passReqToCallback: true });
  }

  validate(request: ArrivedRequest, email: string, password: string): Promise<Proven> {
    return provePassword(this.work, { email, password, ip: request.ip });
  }
}
