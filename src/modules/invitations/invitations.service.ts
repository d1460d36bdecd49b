import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Environment } from '../../config/environment.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { found, Refused } from '../../platform/refused.js';
import { assertMaySeat, assertSideFilter, holds } from '../accounts/index.js';
import { Invitation } from './invitations.entity.js';
import { presentInvitation, statusOf } from './invitations.presenter.js';
import * as invitations from './invitations.repository.js';
import type * as op from './invitations.schemas.js';

/** Milliseconds for which an invitation stands; anew with every mail. */
const STANDS = 7 * 86_400_000;
/** Mails within an hour: from one inviter, and into one mailbox. */
const MAILS = { inviter: 200, mailbox: 5 };

const byTime = [instant, z.uuid()] as const;

/** Invitations as whoever makes them sees them. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly environment: Environment,
  ) {}

  invite({ viewer, body }: Input<typeof op.invite>) {
    const { email, side, role, language } = body;
    const until = body.until === undefined ? null : new Date(body.until);
    const { testMode } = this.environment;
    // Their own account is all that an inviter may be told of: of others nothing is looked up.
    const accountId = email === viewer.email ? viewer.accountId : '';
    return this.work.write(viewer, async (tx) => {
      const seat = { side, role, until };
      const principalId = await assertMaySeat(tx, { viewer, testMode }, accountId, seat);
      if (await invitations.isInvited(tx, email, principalId)) throw new Refused('already-exists');
      const invitedAt = new Date();
      const id = randomUUID();
      await tx.insert(Invitation, {
        id,
        email,
        principalId,
        role,
        until,
        language,
        invitedBy: viewer.accountId,
        invitedAt,
        expiresAt: new Date(invitedAt.getTime() + STANDS),
        tokenHash: null,
        acceptedAt: null,
        revokedAt: null,
      });
      await this.queue(tx, viewer, { id, email });
      return presentInvitation(found(await invitations.invitationById(tx, id)));
    });
  }

  list({ viewer, query }: Input<typeof op.listInvitations>) {
    return this.work.read(viewer, async (tx) => {
      const { side } = query;
      await assertSideFilter(tx, side);
      return readPage(tx, query, {
        key: byTime,
        rows: (reads, part) => invitations.invitationPage(reads, { side, ...part }),
        keyOf: (row) => [row.invitedAt.toISOString(), row.id],
        item: presentInvitation,
      });
    });
  }

  revoke({ viewer, params }: Input<typeof op.revokeInvitation>) {
    return this.work.write(viewer, async (tx) => {
      const row = found(await invitations.invitationById(tx, params.id));
      const { side } = row;
      if (row.inviterId !== viewer.accountId && !holds(viewer, side, 'manage')) {
        throw new Refused('permission-missing', { permission: 'manage', side });
      }
      if (statusOf(row) === 'accepted') throw new Refused('invitation-closed');
      await tx.update(
        Invitation,
        { id: row.id, revokedAt: null, acceptedAt: null },
        { revokedAt: new Date() },
      );
      return presentInvitation(found(await invitations.invitationById(tx, row.id)));
    });
  }

  resend({ viewer, params }: Input<typeof op.resendInvitation>) {
    return this.work.write(viewer, (tx) => this.sendAgain(tx, viewer, params.id));
  }

  private async sendAgain(tx: Tx, viewer: Viewer, id: string) {
    const row = found(await invitations.invitationById(tx, id));
    const { testMode } = this.environment;
    await assertMaySeat(tx, { viewer, testMode }, '', row);
    const { acceptedAt, revokedAt, mail } = row;
    if (acceptedAt !== null || revokedAt !== null) throw new Refused('invitation-closed');
    const expiresAt = new Date(Date.now() + STANDS);
    await tx.update(Invitation, { id, revokedAt: null, acceptedAt: null }, { expiresAt });
    if (mail !== 'queued' && mail !== 'sending') await this.queue(tx, viewer, row);
    return presentInvitation(found(await invitations.invitationById(tx, id)));
  }

  /** Bounded, so that neither a mistake nor malice fills a mailbox. */
  private async queue(tx: Tx, viewer: Viewer, { id, email }: { id: string; email: string }) {
    const { inviter, mailbox } = MAILS;
    for (const [bucket, most] of [
      [`invitations by ${viewer.accountId}`, inviter],
      [`invitation to ${email}`, mailbox],
    ] as const) {
      const wait = await invitations.countMail(tx, bucket, most);
      if (wait > 0) throw new Refused('too-many-attempts', { retryAfterSeconds: wait });
    }
    await invitations.queueInvitation(tx, id);
  }
}
