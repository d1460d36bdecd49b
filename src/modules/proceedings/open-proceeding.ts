import { Injectable } from '@nestjs/common';
import { stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { found, Refused } from '../../platform/refused.js';
import { assertKeeper, lockSession, Session, Slot } from '../calendar/index.js';
import { MechanismsService } from '../mechanisms/index.js';
import { Engine } from './engine.service.js';
import type { Proceeding } from './proceedings.entity.js';

/** Opens what the calendar has a place for, under the newest version of its procedure. */
@Injectable()
export class OpenProceeding {
  constructor(
    private readonly engine: Engine,
    private readonly mechanisms: MechanismsService,
  ) {}

  /**
   * @param role that the State of the slot has in it
   * @throws Refused `unknown-slot`, `permission-missing`
   */
  async inSlot(
    tx: Tx,
    slotId: string,
    { role, test }: { role: string; test: boolean },
  ): Promise<Proceeding> {
    const slot = await tx.findOne(Slot, { id: slotId });
    if (!slot || !tx.viewer) throw new Refused('unknown-slot', { slotId });
    // Held, so that the session is not given other dates meanwhile.
    await lockSession(tx, slot.sessionId);
    const session = found(await tx.findOne(Session, { id: slot.sessionId }));
    assertKeeper(tx.viewer, session.mechanism);
    const basis = `session ${session.number}`;
    return this.engine.open(tx, {
      definition: found(this.mechanisms.latest(session.mechanism, { draft: test })),
      subject: slot.iso3,
      slotId,
      test,
      participants: [{ role, principal: stateSide(slot.iso3), basis }],
    });
  }

  /** Every stage of every procedure, once. */
  stages(): string[] {
    const all = this.mechanisms.all().flatMap(({ stages }) => stages.map(({ stage }) => stage));
    return [...new Set(all)];
  }
}
