import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { countAttempt } from '../../platform/identity/prove-password.js';
import {
  hashPassword,
  hashToken,
  newToken,
  passwordMatches,
  SESSION_ABSOLUTE,
  SESSION_IDLE,
} from '../../platform/identity/tokens.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { found, Refused } from '../../platform/refused.js';
import { Account } from './accounts.entity.js';
import type { changePassword } from './accounts.schemas.js';

/** Signing in and out. A token is shown once; its hash is what is kept. */
@Injectable()
export class SessionsService {
  constructor(private readonly work: UnitOfWork) {}

  /** @param accountId of the account that the password guard let through */
  async open(accountId: string): Promise<{ token: string; expiresAt: string }> {
    const token = newToken();
    const row = await this.work.identity<{ answer: Date }>('identity.open_session', [
      hashToken(token),
      accountId,
      SESSION_IDLE,
      SESSION_ABSOLUTE,
    ]);
    return { token, expiresAt: found(row).answer.toISOString() };
  }

  async close(viewer: Viewer): Promise<void> {
    await this.work.identity('identity.close_session', [viewer.sessionHash]);
  }

  /** The other sessions end with the old password; the owner is told by mail. Guesses count as those at the door. */
  async changePassword({ viewer, body }: Input<typeof changePassword>): Promise<void> {
    await countAttempt(this.work, `password of ${viewer.accountId}`, 8);
    const known = await this.work.identity<{ password_hash: string }>('identity.authenticate', [
      viewer.email,
    ]);
    if (!(await passwordMatches(known?.password_hash, body.current))) {
      throw new Refused('wrong-credentials');
    }
    const passwordHash = await hashPassword(body.next);
    await this.work.write(viewer, async (tx) => {
      await tx.update(Account, { id: viewer.accountId }, { passwordHash });
      await tx.rows('SELECT identity.close_sessions_of($1, $2)', [
        viewer.accountId,
        viewer.sessionHash,
      ]);
      await tx.rows('SELECT identity.password_changed($1)', [randomUUID()]);
    });
  }
}
