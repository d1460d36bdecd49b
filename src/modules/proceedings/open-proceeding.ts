import { Injectable } from '@nestjs/common';
import type { Definition } from '../../kernel/definition.js';
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
      trigger: null,
      test,
      by: 'secretariat',
      participants: [{ role, principal: stateSide(slot.iso3), basis }],
    });
  }

  /** The procedures of a family by their keys, and every stage of theirs, once each. */
  family(family: Definition['family']): { mechanisms: string[]; stages: string[] } {
    const all = this.mechanisms.all().filter((each) => each.family === family);
    const stages = all.flatMap((each) => each.stages.map(({ stage }) => stage));
    return {
      mechanisms: [...new Set(all.map(({ key }) => key))],
      stages: [...new Set(stages)],
    };
  }
}
