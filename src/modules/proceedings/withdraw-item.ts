import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { deskOf, secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion, found, raise, Refused } from '../../platform/refused.js';
import { assertKeeper } from '../calendar/index.js';
import { withdrawnOf } from '../record/index.js';
import { ApplyWithdrawal, type Applied } from './apply-withdrawal.js';
import { Engine } from './engine.service.js';
import { findWithdrawable } from './find-withdrawable.js';
import { Parts, type ItemKnown, type Standing } from './register-parts.js';
import type { Aftermath } from './seal-original.js';
import { WithdrawalRequest } from './withdrawals.entity.js';
import { presentRequest, presentWithdrawal } from './withdrawals.presenter.js';
import { partsToGo } from './withdrawals.rules.js';
import type * as op from './withdrawals.schemas.js';

type Asked = Input<typeof op.withdraw>['body'];

/** A secretariat withdraws what endangers somebody: of itself, or asked to. */
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
        const set = {
          status: grant ? ('granted' as const) : ('declined' as const),
          answer: reason,
          answeredAt: tx.now,
          version: request.version + 1,
        };
        const { id, version } = request;
        const swapped = await tx.update(WithdrawalRequest, { id, version }, set);
        if (swapped === 0) throw new Refused('stale', { version });
        await this.keepInDesk(tx, standing);
        const kind = request.kind as Asked['item']['kind'];
        const item = { kind, id: found(request.publicId ?? request.itemId) };
        if (grant) await this.take(tx, { item, ...grant, reason }, finish);
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

  /** The answer tells reasons: it is kept in the secretariat's desk, which answers its name. */
  private async keepInDesk(tx: Tx, standing: Standing): Promise<string> {
    const { id: proceedingId, mechanism } = standing.proceeding;
    const side = secretariatSide(mechanism);
    await this.engine.joinSide(tx, standing, side);
    const compartment = deskOf(side);
    tx.keepAnswerIn({ proceedingId, compartment });
    return compartment;
  }

  private async take(
    tx: Tx,
    { item: named, ground, reason, ...asked }: Asked,
    finish: (aftermath: Aftermath) => void,
  ): Promise<Applied> {
    const { kind } = named;
    const { proceedingId, by } = await findWithdrawable(tx, this.parts, named);
    const standing = await this.engine.standing(tx, proceedingId, { lock: true });
    assertKeeper(found(tx.viewer), standing.proceeding.mechanism);
    const compartment = await this.keepInDesk(tx, standing);
    return tx.asProcedure(proceedingId, async () => {
      const where = { proceedingId, ...by };
      const item = found(await this.parts.withdrawable(kind).find(tx, where));
      const gone = (await withdrawnOf(tx, item.publicId))?.parts ?? [];
      const parts = partsToGo(kind, asked, gone);
      if ('code' in parts) throw new Refused(parts.code, parts.facts);
      // Whoever mistook a number in haste would be told that it is done.
      raise((await this.parts.withdrawable(kind).lacking?.(tx, item.id, parts)) ?? null);
      const kin = (await this.parts.withdrawable(kind).kin?.(tx, item, parts)) ?? [];
      const common = { proceedingId, compartment, kind, ground, reason, at: tx.now };
      const applyTo = async (one: ItemKnown, going: readonly string[]): Promise<Applied> => {
        const ids = { id: randomUUID(), itemId: one.id, publicId: one.publicId ?? v7() };
        const row = { ...common, ...ids, parts: [...going] };
        const { aftermath, applied } = await this.applying.apply(tx, { standing, item: one, row });
        finish(aftermath);
        return applied;
      };
      const more = kin.filter((other) => other.item.id === item.id).flatMap((own) => own.parts);
      const going = new Set([...parts, ...more.filter((part) => !gone.includes(part))]);
      const applied = await applyTo(item, [...going].toSorted());
      for (const other of kin.filter((each) => each.item.id !== item.id)) {
        const before = (await withdrawnOf(tx, other.item.publicId))?.parts ?? [];
        const left = other.parts.filter((part) => !before.includes(part));
        if (left.length > 0) await applyTo(other.item, left);
      }
      return applied;
    });
  }
}
