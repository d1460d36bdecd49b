import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import {
  assertStillProven,
  countAttempt,
  forgiveGuesses,
  proveAgain,
} from '../../platform/identity/prove-password.js';
import { hashPassword, hashToken, newToken } from '../../platform/identity/tokens.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { networkOf } from '../../platform/limits/address.js';
import { found, Refused } from '../../platform/refused.js';
import { presentRecovery } from './recoveries.presenter.js';
import * as recoveries from './recoveries.repository.js';
import { newCode, newMark, readCode, roughly } from './recoveries.rules.js';
import type * as op from './recoveries.schemas.js';

/** Requests within an hour, for a mailbox and from one place; halves and codes tried from one place. */
const ASKED = { mailbox: 3, address: 20 };
const TRIED = 20;

/** For how many days a request may be decided, and what was approved be used. */
const DAYS = 3;
const GOOD = `${DAYS} days`;
/** How long the owner and the others who were told can stop what is not theirs. */
const WAIT = '24 hours';

const byTime = [instant, z.uuid()] as const;

/** The way back into an account by two halves: its owner's, and one that a second person gives. */
@Injectable()
export class RecoveriesService {
  constructor(private readonly work: UnitOfWork) {}

  /** Answers alike, whoever has an account, and whether one is asked for already. */
  async ask({ body, request }: Input<typeof op.askRecovery>) {
    const { email, mailbox, language } = body;
    const network = networkOf(request.ip);
    await countAttempt(this.work, `recovery from ${network}`, ASKED.address, '1 hour');
    await countAttempt(this.work, `recovery ${email}`, ASKED.mailbox, '1 hour');
    const [mark, half] = [newMark(), mailbox ? null : newToken('cr_')];
    const expiresAt = new Date(Date.now() + DAYS * 86_400_000);
    await this.work.identity('identity.ask_recovery', [
      randomUUID(),
      email,
      language,
      roughly(network),
      mark,
      half && hashToken(half),
      GOOD,
    ]);
    return { status: 'accepted' as const, mark, half, expiresAt: expiresAt.toISOString() };
  }

  async redeem({ body, request }: Input<typeof op.redeemRecovery>): Promise<void> {
    await countAttempt(this.work, `recovery token from ${networkOf(request.ip)}`, TRIED);
    const row = await this.work.identity<{ answer: { email?: string; from?: string } | null }>(
      'identity.redeem_recovery',
      [
        hashToken(body.half),
        hashToken(readCode(body.code)),
        await hashPassword(body.password),
        randomUUID(),
      ],
    );
    const { email, from } = row?.answer ?? {};
    if (from) throw new Refused('too-early', { from: new Date(from).toISOString() });
    if (!email) throw new Refused('unknown-token');
    await forgiveGuesses(this.work, email, request.ip);
  }

  list({ viewer, query }: Input<typeof op.listRecoveries>) {
    return this.work.read(viewer, (tx) =>
      readPage(tx, query, {
        key: byTime,
        rows: recoveries.recoveryPage,
        keyOf: (row) => [row.askedAt.toISOString(), row.id],
        item: presentRecovery,
      }),
    );
  }

  async approve({ viewer, params, body }: Input<typeof op.approveRecovery>) {
    const code = newCode();
    const codeHash = hashToken(readCode(code));
    const { became, recovery } = await this.decide(viewer, params.id, { ...body, codeHash });
    return { ...recovery, code: became === 'approved' ? code : null };
  }

  async refuse({ viewer, params, body }: Input<typeof op.refuseRecovery>) {
    return (await this.decide(viewer, params.id, { ...body, codeHash: null })).recovery;
  }

  private async decide(
    viewer: Viewer,
    id: string,
    { password, codeHash }: { password: string; codeHash: string | null },
  ) {
    // What one may not see is missing, whatever the password.
    await this.work.read(viewer, async (tx) => found(await recoveries.recoveryById(tx, id)));
    const proof = await proveAgain(this.work, viewer, password);
    return this.work.write(viewer, async (tx) => {
      await assertStillProven(tx, viewer, proof);
      found(await recoveries.recoveryById(tx, id));
      const decision = { codeHash, wait: WAIT, good: GOOD };
      const became = await recoveries.decideRecovery(tx, id, decision);
      if (became === null) throw new Refused('recovery-closed');
      if (became === 'again') throw new Refused('already-given');
      return { became, recovery: presentRecovery(found(await recoveries.recoveryById(tx, id))) };
    });
  }
}
