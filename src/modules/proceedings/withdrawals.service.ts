import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { secretariatSide } from '../../kernel/sides.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { found } from '../../platform/refused.js';
import { anyPageOwner, findWithdrawable } from './find-withdrawable.js';
import { Proceeding } from './proceedings.entity.js';
import { principalIds } from './proceedings.repository.js';
import { Parts } from './register-parts.js';
import { Withdrawal, WithdrawalRequest } from './withdrawals.entity.js';
import { presentRequest, presentWithdrawal } from './withdrawals.presenter.js';
import { requestPage, withdrawalPage } from './withdrawals.repository.js';
import type * as op from './withdrawals.schemas.js';

/** Asking for a withdrawal, and what may be seen of requests and of what was done. */
@Injectable()
export class WithdrawalsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: Parts,
  ) {}

  list({ viewer, query }: Input<typeof op.listWithdrawals>) {
    return this.work.read(viewer, (tx) =>
      readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: withdrawalPage,
        keyOf: (row) => [row.at.toISOString(), row.id],
        item: presentWithdrawal,
      }),
    );
  }

  get({ viewer, params }: Input<typeof op.getWithdrawal>) {
    return this.work.read(viewer, async (tx) =>
      presentWithdrawal(found(await tx.findOne(Withdrawal, { id: params.id }))),
    );
  }

  /** Whoever asks may read the record alone: whose secretariat it is, the clock looks up. */
  request({ viewer, body }: Input<typeof op.requestWithdrawal>) {
    return this.work.write(viewer, async (tx) => {
      const { proceedingId, by } = await findWithdrawable(tx, this.parts, body.item, anyPageOwner);
      const proceeding = found(
        await tx.asClock(() => tx.findOne(Proceeding, { id: proceedingId })),
      );
      const side = secretariatSide(proceeding.mechanism);
      const row: WithdrawalRequest = {
        id: randomUUID(),
        proceedingId,
        secretariatId: found((await principalIds(tx, [side])).get(side)),
        accountId: viewer.accountId,
        kind: body.item.kind,
        publicId: 'publicId' in by ? by.publicId : null,
        itemId: 'id' in by ? by.id : null,
        why: body.why,
        status: 'open',
        askedAt: tx.now,
        answer: null,
        answeredAt: null,
        version: 1,
      };
      await tx.insert(WithdrawalRequest, row);
      return presentRequest(row, viewer.accountId);
    });
  }

  requests({ viewer, query }: Input<typeof op.listWithdrawalRequests>) {
    return this.work.read(viewer, (tx) =>
      readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: (reads, part) => requestPage(reads, query.status, part),
        keyOf: (row) => [row.askedAt.toISOString(), row.id],
        item: (row) => presentRequest(row, viewer.accountId),
      }),
    );
  }

  getRequest({ viewer, params }: Input<typeof op.getWithdrawalRequest>) {
    return this.work.read(viewer, async (tx) => {
      const row = found(await tx.findOne(WithdrawalRequest, { id: params.id }));
      return presentRequest(row, viewer.accountId);
    });
  }
}
