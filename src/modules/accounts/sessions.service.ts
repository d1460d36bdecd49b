import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import {
  assertStillProven,
  proveAgain,
  type Proven,
} from '../../platform/identity/prove-password.js';
import {
  hashPassword,
  hashToken,
  newToken,
  SESSION_ABSOLUTE,
  SESSION_IDLE,
} from '../../platform/identity/tokens.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { Refused } from '../../platform/refused.js';
import { Account } from './accounts.entity.js';
import { endAccess } from './accounts.repository.js';
import type { changePassword } from './sessions.schemas.js';

/** Signing in and out. A token is shown once; its hash is what is kept. */
@Injectable()
export class SessionsService {
  constructor(private readonly work: UnitOfWork) {}

  /**
   * For whom the password guard let through.
   *
   * @throws Refused `wrong-credentials` where the password was changed meanwhile
   */
  async open({ id, proof }: Proven): Promise<{ token: string; expiresAt: string }> {
    const token = newToken();
    const row = await this.work.identity<{ answer: Date | null }>('identity.open_session', [
      hashToken(token),
      id,
      proof,
      SESSION_IDLE,
      SESSION_ABSOLUTE,
    ]);
    if (!row?.answer) throw new Refused('wrong-credentials');
    return { token, expiresAt: row.answer.toISOString() };
  }

  async close(viewer: Viewer): Promise<void> {
    await this.work.identity('identity.close_session', [viewer.sessionHash]);
  }

  /** What the old password opened ends with it; the owner is told by mail. */
  async changePassword({ viewer, body }: Input<typeof changePassword>) {
    const proof = await proveAgain(this.work, viewer, body.current);
    const passwordHash = await hashPassword(body.next);
    return this.work.write(viewer, async (tx) => {
      await assertStillProven(tx, viewer, proof);
      await tx.update(Account, { id: viewer.accountId }, { passwordHash });
      const ended = await endAccess(tx, viewer.sessionHash, body.endKeys);
      return { sessionsEnded: ended.sessions, keysEnded: ended.keys };
    });
  }
}
