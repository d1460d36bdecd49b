import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { found, Refused, raise } from '../../platform/refused.js';
import { assertSideFilter, holds } from '../accounts/index.js';
import { Signature } from './signatures.entity.js';
import { presentSignature } from './signatures.presenter.js';
import * as signatures from './signatures.repository.js';
import { lendingRefused } from './signatures.rules.js';
import type * as op from './signatures.schemas.js';

const byTime = [instant, z.uuid()] as const;

/** Signatures that are lent: whoever signs for another holds `submit` for that while, read live. */
@Injectable()
export class SignaturesService {
  constructor(private readonly work: UnitOfWork) {}

  delegate({ viewer, body }: Input<typeof op.delegateSignature>) {
    const { side, email } = body;
    const now = new Date();
    const from = body.from === undefined ? now : new Date(body.from);
    const until = new Date(body.until);
    return this.work.write(viewer, async (tx) => {
      const own = await signatures.seatOf(tx, side, viewer.email ?? '');
      const delegate = await signatures.seatOf(tx, side, email);
      raise(lendingRefused({ side, own, delegate, from, until, now }));
      const [membershipId, delegateId] = [own!.id, delegate!.id];
      const span = { membershipId, delegateId, startsAt: from, endsAt: until };
      if (await signatures.isLent(tx, span)) throw new Refused('already-exists');
      const id = randomUUID();
      await tx.insert(Signature, {
        id,
        principalId: own!.principalId,
        ...span,
        grantedAt: now,
        revokedBy: null,
        revokedAt: null,
      });
      await signatures.tellOfSignature(tx, id);
      return presentSignature(found(await signatures.signatureById(tx, id)));
    });
  }

  list({ viewer, query }: Input<typeof op.listSignatures>) {
    return this.work.read(viewer, async (tx) => {
      const { side } = query;
      await assertSideFilter(tx, side);
      return readPage(tx, query, {
        key: byTime,
        rows: (reads, part) => signatures.signaturePage(reads, { side, ...part }),
        keyOf: (row) => [row.grantedAt.toISOString(), row.id],
        item: presentSignature,
      });
    });
  }

  revoke({ viewer, params }: Input<typeof op.revokeSignature>) {
    return this.work.write(viewer, async (tx) => {
      const row = found(await signatures.signatureById(tx, params.id));
      const { side, accountId, delegateAccountId } = row;
      if (![accountId, delegateAccountId].includes(viewer.accountId)) {
        const facts = { permission: 'manage', side };
        if (!holds(viewer, side, 'manage')) throw new Refused('permission-missing', facts);
      }
      const ended = { revokedAt: new Date(), revokedBy: viewer.accountId };
      await tx.update(Signature, { id: row.id, revokedAt: null }, ended);
      return presentSignature(found(await signatures.signatureById(tx, row.id)));
    });
  }
}
