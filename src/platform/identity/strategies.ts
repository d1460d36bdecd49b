import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy as Bearer } from 'passport-http-bearer';
import { Strategy as Local } from 'passport-local';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { ArrivedRequest } from '../http/request.js';
import { provePassword, type Proven } from './prove-password.js';
import { hashToken, KEY_PREFIX, SESSION_IDLE } from './tokens.js';
import type { Viewer } from './viewer.js';

/** A bearer session or key becomes the person behind it, with the seats held at this moment. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Bearer, 'bearer') {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async validate(token: string): Promise<Viewer | false> {
    const hash = hashToken(token);
    const row = await (token.startsWith(KEY_PREFIX)
      ? this.work.identity<{ answer: Viewer | null }>('identity.redeem_key', [hash])
      : this.work.identity<{ answer: Viewer | null }>('identity.redeem', [hash, SESSION_IDLE]));
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
