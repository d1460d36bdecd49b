import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { bodySide } from '../../kernel/sides.js';
import { PublicReader } from '../../platform/database/public-reader.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { date } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { found, notFound, raise, Refused } from '../../platform/refused.js';
import { accountByEmail, bodyOf, holds, Principal, seatMember } from '../accounts/index.js';
import { bodyExists, unknownStates } from '../directory/index.js';
import { MechanismsService } from '../mechanisms/index.js';
import { BodyMember, BodyMemberEnd } from './committees.entity.js';
import { presentMember } from './members.presenter.js';
import * as members from './members.repository.js';
import { dayOf, endingRefused, enteringRefused, onTheWall, rulesOfBody } from './members.rules.js';
import type * as op from './members.schemas.js';

/** Terms of those who sit on bodies in personal capacity. */
@Injectable()
export class MembersService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: PublicReader,
    private readonly mechanisms: MechanismsService,
  ) {}

  async list({ params, query }: Input<typeof op.listMembers>) {
    if (!(await bodyExists(this.reader, params.key))) throw notFound();
    const filter = { body: params.key, on: query.on };
    return readPage(this.reader, query, {
      key: [date, z.uuid()],
      rows: (reads, part) => members.memberPage(reads, filter, part),
      keyOf: (row) => [row.from, row.id],
      item: presentMember,
    });
  }

  async add({ viewer, params, body }: Input<typeof op.addMember>) {
    if (!(await bodyExists(this.reader, params.key))) throw notFound();
    const rules = rulesOfBody(this.mechanisms.all(), params.key);
    return this.work.write(viewer, async (tx) => {
      await assertKeeps(tx, viewer, params.key);
      if (!rules) throw new Refused('not-offered');
      const { name, nationalities, seat, basis, from, until = null } = body;
      const unknown = await unknownStates(tx, nationalities);
      if (unknown.length > 0) throw new Refused('unknown-state', { unknown });
      await members.lockBody(tx, params.key);
      const others = await members.membersOf(tx, params.key);
      const term = { from, until, endedOn: null };
      const ground = { others, distinct: rules.distinct, today: dayOf(tx.now) };
      raise(enteringRefused({ ...term, nationalities, seat }, ground));
      const accountId = await accountByEmail(tx, body.email);
      if (accountId === viewer.accountId) throw new Refused('not-your-own');
      if (!accountId) throw new Refused('unknown-account', { email: body.email });
      const member = { id: randomUUID(), bodyKey: params.key, name, nationalities, seat, basis };
      await tx.insert(BodyMember, { ...member, validFrom: from, validUntil: until });
      const side = bodySide(params.key);
      const { id: principalId } = found(await tx.findOne(Principal, { key: side }));
      const ends = until === null ? null : onTheWall(until, clocks(tx));
      await seatMember(tx, viewer, { accountId, principalId }, { side, role: seat, until: ends });
      await members.foundMember(tx, member.id, { accountId, until: ends });
      return presentMember(found(await members.memberById(tx, member.id)));
    });
  }

  end({ viewer, params, body }: Input<typeof op.endTerm>) {
    return this.work.write(viewer, async (tx) => {
      const { bodyKey } = found(await members.memberById(tx, params.id));
      await assertKeeps(tx, viewer, bodyKey);
      await members.lockBody(tx, bodyKey);
      const member = found(await members.memberById(tx, params.id));
      const { on, reason } = body;
      raise(endingRefused(member, { on, today: dayOf(tx.now) }));
      const end = { memberId: member.id, endedOn: on, reason, enteredAt: tx.now };
      await tx.insert(BodyMemberEnd, end);
      await members.endSeats(tx, member.id, onTheWall(on, clocks(tx)));
      return presentMember(found(await members.memberById(tx, member.id)));
    });
  }
}

const clocks = (tx: Tx): { now: Date; wall: number } => ({ now: tx.now, wall: Date.now() });

/** @throws Refused `permission-missing` unless the viewer manages a secretariat that keeps the body */
async function assertKeeps(tx: Tx, viewer: Viewer, body: string): Promise<void> {
  const keepers = (await bodyOf(tx, bodySide(body)))?.secretariats ?? [];
  if (keepers.some((side) => holds(viewer, side, 'manage'))) return;
  throw new Refused('permission-missing', { permission: 'manage', side: keepers });
}
