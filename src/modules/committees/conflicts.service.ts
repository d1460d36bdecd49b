import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { COMMITTEE, memberOf } from '../../kernel/sides.js';
import { offeredAll } from '../../kernel/offered.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { expectVersion, found, raise, Refused } from '../../platform/refused.js';
import { Engine, type Standing } from '../proceedings/index.js';
import { Recusal } from './committees.entity.js';
import { presentConflict, presentRecusal } from './conflicts.presenter.js';
import * as conflicts from './conflicts.repository.js';
import type { ConflictRow } from './conflicts.repository.js';
import { deciderOf, decidingRefused, OFFICE } from './conflicts.rules.js';
import type * as op from './conflicts.schemas.js';
import { membersOf } from './members.repository.js';
import { committeeOf, dayOf, holdsOn } from './members.rules.js';
import { settleConflict } from './recuse-member.js';

/** What was said of members who may be partial: before the committee, and before themselves. */
@Injectable()
export class ConflictsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  list({ viewer, params, query }: Input<typeof op.listConflicts>) {
    return this.work.read(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id);
      const absent = await chairAbsent(tx, standing);
      const filter = { proceedingId: params.id, privy: isPrivy(standing) };
      return readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: (reads, part) => conflicts.conflictPage(reads, filter, part),
        keyOf: (row) => [row.declaredAt.toISOString(), row.id],
        item: (row) => present(tx, standing, row, absent),
      });
    });
  }

  decide({ viewer, params, body, ifMatch }: Input<typeof op.decideConflict>) {
    return this.work.write(viewer, async (tx) => {
      const { proceedingId } = found(await conflicts.conflictById(tx, params.id, { privy: false }));
      const standing = await this.engine.standing(tx, proceedingId, { lock: true });
      const privy = isPrivy(standing);
      const row = found(await conflicts.conflictById(tx, params.id, { privy }));
      expectVersion(ifMatch, row.version);
      const absent = await chairAbsent(tx, standing);
      raise(decidingRefused(deciding(tx, standing, row, absent)));
      // Of an earlier term too.
      const person = await tx.asProcedure(proceedingId, () =>
        conflicts.personOf(tx, proceedingId, row.memberId),
      );
      if (person === viewer.accountId) throw new Refused('not-your-own');
      const by = deciderOf({ withoutChair: isWithoutChair(row, absent) });
      tx.keepAnswerIn({ proceedingId, compartment: COMMITTEE });
      await tx.asProcedure(proceedingId, () =>
        settleConflict(tx, { engine: this.engine, standing }, row, { ...body, by }),
      );
      const settled = found(await conflicts.conflictById(tx, params.id, { privy }));
      return present(tx, standing, settled, absent);
    });
  }

  own({ viewer, query }: Input<typeof op.listRecusals>) {
    return this.work.read(viewer, (tx) =>
      readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: (reads, part) => conflicts.recusalPage(reads, part),
        keyOf: (row) => [row.declaredAt.toISOString(), row.id],
        item: presentRecusal,
      }),
    );
  }

  destroyed({ viewer, params }: Input<typeof op.declareDestruction>) {
    return this.work.write(viewer, async (tx) => {
      const row = await conflicts.recusalById(tx, params.id);
      // Whoever has not been recused may keep what they have.
      const { id, destroyedAt } = found(row?.recused ? row : undefined);
      if (destroyedAt !== null) throw new Refused('already-given', { destroyedAt });
      await tx.update(Recusal, { id, destroyedAt: null }, { destroyedAt: tx.now });
      return presentRecusal(found(await conflicts.recusalById(tx, id)));
    });
  }
}

const isPrivy = (standing: Standing): boolean => standing.roles().includes(OFFICE);

/** Whether the chair in office has been recused from the case. */
async function chairAbsent(tx: Tx, { proceeding, definition }: Standing): Promise<boolean> {
  const rules = committeeOf(definition);
  if (!rules) return false;
  const day = dayOf(tx.now);
  const members = await membersOf(tx, rules.body);
  const chair = members.find((each) => each.seat === 'chair' && holdsOn(each, day));
  const recused = await tx.asProcedure(proceeding.id, () =>
    conflicts.recusedMembers(tx, proceeding.id),
  );
  return chair !== undefined && recused.includes(chair.id);
}

const isWithoutChair = ({ seat }: ConflictRow, absent: boolean): boolean =>
  absent || seat === 'chair';

function deciding(tx: Tx, standing: Standing, row: ConflictRow, absent: boolean) {
  const own = (tx.viewer?.seats ?? []).some(({ side }) => memberOf(side) === row.memberId);
  return {
    status: row.status,
    roles: standing.roles(),
    may: standing.roles('submit'),
    own,
    withoutChair: isWithoutChair(row, absent),
  };
}

const present = (tx: Tx, standing: Standing, row: ConflictRow, absent: boolean) =>
  presentConflict(
    row,
    offeredAll({ decide: decidingRefused(deciding(tx, standing, row, absent)) }),
  );
