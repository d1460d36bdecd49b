import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy as Bearer } from 'passport-http-bearer';
import { Strategy as Local } from 'passport-local';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { ArrivedRequest } from '../http/request.js';
import { Refused } from '../refused.js';
import { hashToken, passwordMatches, SESSION_IDLE } from './tokens.js';
import type { Viewer } from './viewer.js';

/** A bearer session becomes the person behind it, with the seats held at this moment. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Bearer, 'bearer') {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async validate(token: string): Promise<Viewer | false> {
    const row = await this.work.identity<{ answer: Viewer | null }>('identity.redeem', [
      hashToken(token),
      SESSION_IDLE,
    ]);
    return row?.answer ?? false;
  }
}

/**
 * Guesses allowed within the span, before anybody has to wait; counted in the database. Few
 * for an account from one address, more for either alone: nobody is locked out by others.
 */
const GUESSES = { pair: 8, account: 100, address: 40, span: '15 minutes' };

/** A local account proves itself by its password. Counting comes before looking. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Local, 'local') {
  constructor(private readonly work: UnitOfWork) {
    super({ usernameField: 'email', passReqToCallback: true });
  }

  async validate(
    request: ArrivedRequest,
    email: string,
    password: string,
  ): Promise<{ id: string }> {
    const account = `sign-in ${email.toLowerCase()}`;
    const address = `sign-in from ${request.ip}`;
    const pair = `${account} from ${request.ip}`;
    await this.count(address, GUESSES.address);
    await this.count(pair, GUESSES.pair);
    await this.count(account, GUESSES.account);
    const known = await this.work.identity<{ id: string; password_hash: string }>(
      'identity.authenticate',
      [email],
    );
    const matches = await passwordMatches(known?.password_hash, password);
    if (!known || !matches) throw new Refused('wrong-credentials');
    await this.work.identity('identity.forgive', [pair, address]);
    return { id: known.id };
  }

  private async count(bucket: string, most: number): Promise<void> {
    const row = await this.work.identity<{ answer: number }>('identity.attempt', [
      bucket,
      most,
      GUESSES.span,
    ]);
    const wait = row?.answer ?? 0;
    if (wait > 0) throw new Refused('too-many-attempts', { retryAfterSeconds: wait });
  }
}
