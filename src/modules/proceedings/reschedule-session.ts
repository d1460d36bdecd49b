import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import {
  assertKeeper,
  lockSession,
  presentSession,
  Session,
  SessionChange,
  Slot,
  SlotChange,
  pastRefused,
  slotRefused,
  unknownDeadlines,
  type SlotTimes,
} from '../calendar/index.js';
import { MechanismsService } from '../mechanisms/index.js';
import { Engine } from './engine.service.js';
import { slotsHeld } from './find-held.js';
import { recomputeDeadlines } from './keep-deadlines.js';
import type { Proceeding } from './proceedings.entity.js';
import { publishPage } from './publish-proceeding.js';
import { lockProceeding, proceedingsOfSlots } from './proceedings.repository.js';
import type * as op from './proceedings.schemas.js';

type Asked = Input<typeof op.rescheduleSession>['body'];

const plan = ({ starts, ends, dates, hours }: Session) => ({ starts, ends, dates, hours });

const text = ({ sessionId, ...times }: SlotTimes & { sessionId: string }) => ({
  sessionId,
  starts: times.starts.toISOString(),
  ends: times.ends.toISOString(),
  outcomeStarts: times.outcomeStarts?.toISOString() ?? null,
});

/** New dates for a session touch every proceeding in it: all of it happens, or nothing. */
@Injectable()
export class RescheduleSession {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly mechanisms: MechanismsService,
  ) {}

  run({ viewer, params, body, ifMatch }: Input<typeof op.rescheduleSession>) {
    return this.work.write(viewer, async (tx) => {
      const was = found(await tx.findOne(Session, { id: params.id }));
      assertKeeper(viewer, was.mechanism);
      expectVersion(ifMatch, was.version);
      const { session, deadlinesMoved } = await this.replan(tx, was, body);
      const rows = await tx.find(
        SessionChange,
        { sessionId: was.id },
        { order: { at: 'ASC', id: 'ASC' } },
      );
      const changes = rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
      return { ...presentSession({ ...session, changes }), deadlinesMoved };
    });
  }

  /** Gives a session its new dates, within a transaction that may do so. */
  async replan(
    tx: Tx,
    was: Session,
    body: Asked,
  ): Promise<{ session: Session; deadlinesMoved: number }> {
    const session = this.revise(was, body);
    const { id, ...set } = session;
    const swapped = await tx.update(Session, { id, version: was.version }, set);
    if (swapped === 0) throw new Refused('stale', { version: was.version });
    const slots = await tx.find(Slot, { sessionId: id }, { order: { iso3: 'ASC' } });
    await this.moveSlots(tx, session, body, slots);
    const change = { id: v7(), sessionId: id, at: tx.now, byRole: 'secretariat' };
    const planned = { was: plan(was), isNow: plan(session) };
    await tx.insert(SessionChange, { ...change, reason: body.reason, ...planned });
    return { session, deadlinesMoved: await this.recount(tx, slots, body.reason) };
  }

  private revise(was: Session, body: Asked): Session {
    const known = found(this.mechanisms.latest(was.mechanism)).deadlines.map((d) => d.deadline);
    const unknown = unknownDeadlines(known, body.dates, body.hours);
    if (unknown.length > 0) throw new Refused('unknown-deadline', { unknown, known });
    const { starts = was.starts, ends = was.ends, dates = was.dates, hours = was.hours } = body;
    if (ends < starts) throw new Refused('dates-in-disorder', { starts, ends });
    return { ...was, starts, ends, dates, hours, version: was.version + 1 };
  }

  private async moveSlots(tx: Tx, from: Session, { reason, slots: asked }: Asked, there: Slot[]) {
    const repeated = asked.filter(({ state }, n) => asked.findIndex((a) => a.state === state) < n);
    if (repeated.length > 0) {
      throw new Refused('invalid-content', { repeated: repeated.map(({ state }) => state) });
    }
    const held = await slotsHeld(tx, this.engine, there);
    for (const given of asked) {
      const slot = there.find(({ iso3 }) => iso3 === given.state);
      if (!slot) throw new Refused('unknown-state', { unknown: [given.state] });
      const outcome = given.outcomeStarts === undefined ? slot.outcomeStarts : given.outcomeStarts;
      const times = {
        starts: new Date(given.starts),
        ends: new Date(given.ends),
        outcomeStarts: outcome === null ? null : new Date(outcome),
      };
      const refused =
        slotRefused(times) ?? pastRefused({ ...slot, held: held.has(slot.id) }, times, tx.now);
      if (refused) throw new Refused(refused.code, { state: given.state, ...refused.facts });
      const sessionId = await this.takenUpBy(tx, from, given, times);
      const { id, version } = slot;
      const set = { ...times, sessionId, version: version + 1 };
      const swapped = await tx.update(Slot, { id, version }, set);
      if (swapped === 0) throw new Refused('stale', { state: given.state });
      await tx.insert(SlotChange, {
        id: v7(),
        slotId: slot.id,
        at: tx.now,
        byRole: 'secretariat',
        reason,
        was: text(slot),
        isNow: text({ ...times, sessionId }),
      });
    }
  }

  /** The session in which a place stands from now on: this one, or another of its cycle. */
  private async takenUpBy(
    tx: Tx,
    from: Session,
    { state, toSession = from.id }: Asked['slots'][number],
    { starts }: SlotTimes,
  ): Promise<string> {
    if (toSession === from.id) return toSession;
    if (starts <= tx.now) throw new Refused('too-late', { state, starts: starts.toISOString() });
    const known = await tx.findOne(Session, { id: toSession, cycleId: from.cycleId });
    if (!known) throw new Refused('unknown-session', { state, toSession });
    await lockSession(tx, toSession);
    const taken = await tx.findOne(Slot, { sessionId: toSession, iso3: state });
    if (taken) throw new Refused('already-exists', { state, slotId: taken.id });
    return toSession;
  }

  /** The calendar binds all proceedings, those too that the one who keeps it may not see. */
  private recount(tx: Tx, slots: readonly Slot[], reason: string): Promise<number> {
    return tx.asClock(async () => {
      const touched = await proceedingsOfSlots(
        tx,
        slots.map(({ id }) => id),
      );
      // All are held before the first is published: moves hold theirs and then wait for the feed.
      const held: Proceeding[] = [];
      for (const id of touched) held.push(found(await lockProceeding(tx, id)));
      let moved = 0;
      for (const proceeding of held) {
        moved += await tx.asProcedure(proceeding.id, async () => {
          if (proceeding.publicId !== null) await publishPage(tx, proceeding);
          return recomputeDeadlines(tx, this.engine.occasion(proceeding, tx.now), reason);
        });
      }
      return moved;
    });
  }
}
