import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Environment } from '../../config/environment.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { networkOf } from '../../platform/limits/address.js';
import { countAttempt, provePassword } from '../../platform/identity/prove-password.js';
import { hashPassword, hashToken } from '../../platform/identity/tokens.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { Refused } from '../../platform/refused.js';
import { assertMaySeat, ROLES, seatMember, type Seat } from '../accounts/index.js';
import { useInvitation } from './invitations.repository.js';
import type * as op from './invitations.schemas.js';

interface Waiting {
  readonly email: string;
  readonly side: string;
  readonly role: Seat['role'];
  readonly until: string | null;
  /** As they are at this moment; none when their account is disabled. */
  readonly inviter: Viewer | null;
  /** Of the address, if it has an account. */
  readonly accountId: string | null;
}

/** Tokens tried from one place, within a quarter of an hour. */
const TRIED = 20;

/** What the rules of seating answer to an inviter who has lost the right meanwhile. */
const LOST = [
  'permission-missing',
  'not-your-own',
  'unknown-side',
  'dates-in-disorder',
  'members-entered',
];

/** Accepting: the token proves the mailbox, the password the account; the inviter grants. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly environment: Environment,
  ) {}

  async accept({ body, request }: Input<typeof op.acceptInvitation>) {
    const { ip } = request;
    await countAttempt(this.work, `token from ${networkOf(ip)}`, TRIED);
    const token = hashToken(body.token);
    const found = await this.work.identity<{ answer: Waiting | null }>('identity.invitation_for', [
      token,
    ]);
    const waiting = found?.answer;
    if (!waiting) throw new Refused('unknown-token');
    const { email, side, role, inviter } = waiting;
    if (!inviter) throw new Refused('inviter-may-not');
    const { password, name } = body;
    // An invitation never sets the password of an account that there is.
    const who = waiting.accountId
      ? {
          accountId: (await provePassword(this.work, { email, password, ip })).id,
          name: null,
          passwordHash: null,
        }
      : { accountId: randomUUID(), name, passwordHash: await hashPassword(password) };
    const { accountId } = who;
    const until = waiting.until === null ? null : new Date(waiting.until);
    const seat = { side, role, until };
    const membershipId = await this.work.write(inviter, async (tx) => {
      const principalId = await this.assertStill(tx, inviter, accountId, seat);
      if (!(await useInvitation(tx, token, who))) throw new Refused('unknown-token');
      return seatMember(tx, inviter, { accountId, principalId }, seat);
    });
    const permissions = [...ROLES[role]];
    return {
      accountId,
      email,
      membershipId,
      side,
      role,
      permissions,
      until: until?.toISOString() ?? null,
    };
  }

  /** The inviter's right is looked at again: it may have ended since. */
  private async assertStill(tx: Tx, inviter: Viewer, accountId: string, seat: Seat) {
    const { testMode } = this.environment;
    try {
      return await assertMaySeat(tx, { viewer: inviter, testMode }, accountId, seat);
    } catch (error) {
      if (!(error instanceof Refused) || !LOST.includes(error.code)) throw error;
      throw new Refused('inviter-may-not');
    }
  }
}
