import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { countAttempt, forgiveGuesses } from '../../platform/identity/prove-password.js';
import { networkOf } from '../../platform/limits/address.js';
import { hashPassword, hashToken } from '../../platform/identity/tokens.js';
import { Refused } from '../../platform/refused.js';
import type * as op from './resets.schemas.js';

/**
 * Requests within an hour. Few for one mailbox from one place, more for either alone: a stranger
 * neither floods a mailbox nor keeps its owner from asking.
 */
const ASKED = { pair: 3, mailbox: 10, address: 40 };
/** Tokens tried from one place; each costs a password's hash. */
const TRIED = 20;

/** Setting a password that was forgotten, by a token that came by mail. */
@Injectable()
export class ResetsService {
  constructor(private readonly work: UnitOfWork) {}

  /** Queues the mail without looking whether anybody would get it: the worker looks. */
  async ask({ body, request }: Input<typeof op.askReset>): Promise<{ status: 'accepted' }> {
    const { email, language } = body;
    const network = networkOf(request.ip);
    await countAttempt(this.work, `reset from ${network}`, ASKED.address, '1 hour');
    await countAttempt(this.work, `reset ${email} from ${network}`, ASKED.pair, '1 hour');
    await countAttempt(this.work, `reset ${email}`, ASKED.mailbox, '1 hour');
    await this.work.identity('identity.ask_reset', [randomUUID(), email, language]);
    return { status: 'accepted' };
  }

  async redeem({ body, request }: Input<typeof op.redeemReset>): Promise<void> {
    await countAttempt(this.work, `token from ${networkOf(request.ip)}`, TRIED);
    const passwordHash = await hashPassword(body.password);
    const row = await this.work.identity<{ answer: string | null }>('identity.redeem_reset', [
      hashToken(body.token),
      passwordHash,
      randomUUID(),
    ]);
    if (!row?.answer) throw new Refused('unknown-token');
    await forgiveGuesses(this.work, row.answer, request.ip);
  }
}
