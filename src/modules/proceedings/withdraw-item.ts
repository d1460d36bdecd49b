import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { deskOf, secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import { assertKeeper } from '../calendar/index.js';
import { withdrawnOf } from '../record/index.js';
import { ApplyWithdrawal, type Aftermath, type Applied } from './apply-withdrawal.js';
import { Engine } from './engine.service.js';
import { Proceeding } from './proceedings.entity.js';
import { Parts } from './register-parts.js';
import { WithdrawalRequest } from './withdrawals.entity.js';
import { presentRequest, presentWithdrawal } from './withdrawals.presenter.js';
import { pageOfItem } from './withdrawals.repository.js';
import { partsToGo } from './withdrawals.rules.js';
import type * as op from './withdrawals.schemas.js';

type Asked = Input<typeof op.withdraw>['body'];

/** A secretariat takes out of the record what endangers somebody: of itself, or asked to. */
@Injectable()
export class WithdrawItem {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly parts: Parts,
    private readonly applying: ApplyWithdrawal,
  ) {}

  run({ viewer, body }: Input<typeof op.withdraw>) {
    return this.finished(async (finish) =>
      this.work.write(viewer, async (tx) => presentWithdrawal(await this.take(tx, body, finish))),
    );
  }

  answer({ viewer, params, body, ifMatch }: Input<typeof op.answerWithdrawalRequest>) {
    return this.finished(async (finish) =>
      this.work.write(viewer, async (tx) => {
        const seen = found(await tx.findOne(WithdrawalRequest, { id: params.id }));
        const standing = await this.engine.standing(tx, seen.proceedingId, { lock: true });
        assertKeeper(viewer, standing.proceeding.mechanism);
        // Asked again under the lock: two of the secretariat may answer at once.
        const request = found(await tx.findOne(WithdrawalRequest, { id: params.id }));
        expectVersion(ifMatch, request.version);
        if (request.status !== 'open')
          throw new Refused('already-given', { status: request.status });
        const { grant, reason } = body;
        const item = { kind: request.kind as Asked['item']['kind'], id: request.publicId };
        if (grant) await this.take(tx, { item, ...grant, reason }, finish);
        const set = {
          status: grant ? ('granted' as const) : ('declined' as const),
          answer: reason,
          answeredAt: tx.now,
          version: request.version + 1,
        };
        const { id, version } = request;
        const swapped = await tx.update(WithdrawalRequest, { id, version }, set);
        if (swapped === 0) throw new Refused('stale', { version });
        return presentRequest({ ...request, ...set }, viewer.accountId);
      }),
    );
  }

  /** The files are dealt with when all has been committed; a repeat finds nothing to do. */
  private async finished<T>(
    work: (finish: (aftermath: Aftermath) => void) => Promise<T>,
  ): Promise<T> {
    const aftermaths: Aftermath[] = [];
    const answer = await work((aftermath) => void aftermaths.push(aftermath));
    for (const aftermath of aftermaths) await this.applying.finish(aftermath);
    return answer;
  }

  private async take(
    tx: Tx,
    { item: { kind, id: publicId }, ground, reason, ...asked }: Asked,
    finish: (aftermath: Aftermath) => void,
  ): Promise<Applied> {
    const page = found(await pageOfItem(tx, kind, publicId));
    const { id: proceedingId } = found(await tx.findOne(Proceeding, { publicId: page }));
    const standing = await this.engine.standing(tx, proceedingId, { lock: true });
    const { proceeding } = standing;
    assertKeeper(found(tx.viewer), proceeding.mechanism);
    const gone = (await withdrawnOf(tx, publicId))?.parts ?? [];
    const parts = partsToGo(kind, asked, gone);
    if ('code' in parts) throw new Refused(parts.code, parts.facts);
    const side = secretariatSide(proceeding.mechanism);
    await this.engine.joinSide(tx, standing, side);
    return tx.asProcedure(proceedingId, async () => {
      const item = found(await this.parts.withdrawable(kind).find(tx, { proceedingId, publicId }));
      const row: Applied = {
        id: randomUUID(),
        proceedingId,
        compartment: deskOf(side),
        kind,
        itemId: item.id,
        publicId,
        parts,
        ground,
        reason,
        at: tx.now,
      };
      finish(await this.applying.apply(tx, proceeding, row));
      return row;
    });
  }
}
