import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { z } from 'zod';
import { secretariatSide } from '../../kernel/sides.js';
import { PublicReader } from '../../platform/database/public-reader.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { date, instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { assertKnown, unknownFilter } from '../../platform/http/validation.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { found, Refused, raise } from '../../platform/refused.js';
import { unknownStates } from '../directory/index.js';
import { MechanismsService } from '../mechanisms/index.js';
import { Cycle, Session, Slot } from './calendar.entity.js';
import { presentSession, presentSlot } from './calendar.presenter.js';
import * as calendar from './calendar.repository.js';
import { slotRefused, spanRefused, unknownDeadlines } from './calendar.rules.js';
import type * as op from './calendar.schemas.js';

/** Cycles, sessions and the schedule. A new date for what is scheduled is a proceeding's affair. */
@Injectable()
export class CalendarService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: PublicReader,
    private readonly mechanisms: MechanismsService,
  ) {}

  createCycle({ viewer, body }: Input<typeof op.createCycle>) {
    if (!this.mechanisms.latest(body.mechanism)) {
      throw new Refused('unknown-mechanism', { mechanism: body.mechanism });
    }
    assertKeeper(viewer, body.mechanism);
    return this.work.write(viewer, async (tx) => {
      raise(spanRefused(body.starts, body.ends));
      const cycle: Cycle = {
        id: v7(),
        mechanism: body.mechanism,
        number: body.number,
        starts: body.starts,
        ends: body.ends ?? null,
        source: body.source ?? null,
        verified: body.source !== undefined,
      };
      await tx.insert(Cycle, cycle);
      return cycle;
    });
  }

  async cycles({ query }: Input<typeof op.listCycles>) {
    this.assertMechanism(query.mechanism);
    return readPage(this.reader, query, {
      key: [z.string(), z.int32()],
      rows: (reads, part) => calendar.cyclePage(reads, query, part),
      keyOf: (row) => [row.mechanism, row.number],
      item: (row) => row,
    });
  }

  createSession({ viewer, body }: Input<typeof op.createSession>) {
    return this.work.write(viewer, async (tx) => {
      const cycle = await tx.findOne(Cycle, { id: body.cycleId });
      if (!cycle) throw new Refused('unknown-cycle', { cycleId: body.cycleId });
      assertKeeper(viewer, cycle.mechanism);
      raise(spanRefused(body.starts, body.ends));
      const known = found(this.mechanisms.latest(cycle.mechanism)).deadlines.map((d) => d.deadline);
      const unknown = unknownDeadlines(known, body.dates, body.hours);
      if (unknown.length > 0) throw new Refused('unknown-deadline', { unknown, known });
      const session: Session = {
        ...body,
        id: v7(),
        mechanism: cycle.mechanism,
        dates: body.dates ?? {},
        hours: body.hours ?? {},
        version: 1,
      };
      await tx.insert(Session, session);
      return presentSession({ ...session, changes: [] });
    });
  }

  async sessions({ query }: Input<typeof op.listSessions>) {
    this.assertMechanism(query.mechanism);
    if (query.cycle !== undefined && !(await calendar.cycleExists(this.reader, query.cycle))) {
      throw unknownFilter('cycle');
    }
    return readPage(this.reader, query, {
      key: [date, z.uuid()],
      rows: (reads, part) => calendar.sessionPage(reads, query, part),
      keyOf: (row) => [row.starts, row.id],
      item: presentSession,
    });
  }

  async session({ params }: Input<typeof op.getSession>) {
    return presentSession(found(await calendar.sessionById(this.reader, params.id)));
  }

  async schedule({ params, query }: Input<typeof op.listSchedule>) {
    found(await calendar.sessionById(this.reader, params.id));
    return readPage(this.reader, query, {
      key: [instant, z.uuid()],
      rows: (reads, part) => calendar.schedulePage(reads, params.id, part),
      keyOf: (row) => [row.starts.toISOString(), row.id],
      item: presentSlot,
    });
  }

  private assertMechanism(mechanism: string | undefined): void {
    const known = this.mechanisms.all().map(({ key }) => key);
    assertKnown('mechanism', mechanism, known);
  }

  addSlot({ viewer, params, body }: Input<typeof op.addSlot>) {
    return this.work.write(viewer, async (tx) => {
      const session = found(await tx.findOne(Session, { id: params.id }));
      assertKeeper(viewer, session.mechanism);
      const slot: Slot = {
        id: v7(),
        sessionId: session.id,
        iso3: body.state,
        starts: new Date(body.starts),
        ends: new Date(body.ends),
        outcomeStarts: body.outcomeStarts === undefined ? null : new Date(body.outcomeStarts),
        version: 1,
      };
      raise(slotRefused(slot));
      const unknown = await unknownStates(tx, [body.state]);
      if (unknown.length > 0) throw new Refused('unknown-state', { unknown });
      await tx.insert(Slot, slot);
      return presentSlot({ ...slot, state: slot.iso3, changes: [] });
    });
  }
}

/** A mechanism's calendar is kept by its secretariat. */
export function assertKeeper(viewer: Viewer, mechanism: string): void {
  const side = secretariatSide(mechanism);
  const may = viewer.seats.some((s) => s.side === side && s.permissions.includes('submit'));
  if (!may) throw new Refused('permission-missing', { permission: 'submit', side });
}
