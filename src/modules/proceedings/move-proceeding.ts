import { Injectable } from '@nestjs/common';
import { CASE, trayOf } from '../../kernel/sides.js';
import type { Definition } from '../../kernel/definition.js';
import { CLOCK } from '../../kernel/access.js';
import { decide, type Decision } from '../../kernel/decide.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import { addEntry } from './add-participant.js';
import { Engine } from './engine.service.js';
import { lapse, meetDeadlines, renewDeadlines, setDeadlines } from './keep-deadlines.js';
import { Deadline, Proceeding } from './proceedings.entity.js';
import { lockProceeding, participantsOf, type DueRow } from './proceedings.repository.js';
import { Parts, type Happened } from './register-parts.js';

/** Who makes which move, in which of the roles held, and when. */
interface Asked {
  readonly move: string;
  readonly roles: readonly string[];
  readonly byRole: string;
  readonly at: Date;
  readonly reason: string | undefined;
}

/** Moves proceedings: for people by their roles, for the clock when a deadline expires. */
@Injectable()
export class MoveProceeding {
  constructor(
    private readonly engine: Engine,
    private readonly parts: Parts,
  ) {}

  /**
   * Makes a move for the viewer, under the proceeding's lock.
   *
   * @throws Refused by `decide`, or `permission-missing`, `stale`, `version-required`
   */
  async move(
    tx: Tx,
    id: string,
    asked: { move: string; reason?: string | undefined; ifMatch: number | undefined },
  ): Promise<Proceeding> {
    const standing = await this.engine.standing(tx, id, { lock: true });
    expectVersion(asked.ifMatch, standing.proceeding.version);
    const { definition } = standing;
    const may = standing.roles('submit');
    const by = definition.moves.find(({ move }) => move === asked.move)?.by ?? [];
    if (standing.roles().some((r) => by.includes(r)) && !may.some((r) => by.includes(r))) {
      throw new Refused('permission-missing', { permission: 'submit' });
    }
    const byRole = by.find((role) => may.includes(role)) ?? '';
    const made = { move: asked.move, roles: may, byRole, at: tx.now, reason: asked.reason };
    return tx.asProcedure(id, async () => {
      const decision = await this.decide(tx, standing.proceeding, made);
      if (!decision.ok) throw new Refused(decision.because, decision.facts);
      return this.make(tx, standing.proceeding, made, decision);
    });
  }

  /**
   * Expires one deadline at its due instant, as the clock: a flag, what it brings about, and a move
   * if it names one and the procedure allows it; if not, that is told, and the deadline has lapsed
   * all the same.
   */
  async expire(tx: Tx, { id, proceedingId, due }: DueRow): Promise<void> {
    const proceeding = found(await lockProceeding(tx, proceedingId));
    const definition = this.engine.definitionOf(proceeding);
    await tx.asProcedure(proceedingId, async () => {
      // Asked again under the lock: it may have been met, or moved to another day, meanwhile.
      const row = await tx.findOne(Deadline, { id, status: 'pending', due });
      if (!row) return;
      await lapse(tx, row, definition);
      const rule = definition.deadlines.find((d) => d.deadline === row.key);
      const { move, then = [] } = rule?.onExpiry ?? {};
      // A deadline that was set when it had passed already moves nothing back in time.
      const at = row.due < proceeding.enteredAt ? proceeding.enteredAt : row.due;
      await this.bringAbout(tx, then, { proceeding, at });
      if (move === undefined) return;
      const asked = { move, roles: [CLOCK], byRole: CLOCK, at, reason: undefined };
      const decision = await this.decide(tx, proceeding, asked);
      if (decision.ok) await this.make(tx, proceeding, asked, decision);
      else {
        const place = { proceedingId, compartment: row.compartment, by: CLOCK, at: row.due };
        const facts = { move, because: decision.because };
        await append(tx, { ...place, what: 'expiry-without-move', facts });
      }
    });
  }

  private async decide(tx: Tx, was: Proceeding, { move, roles, at }: Asked): Promise<Decision> {
    const facts = await this.parts.facts(tx, was);
    const situation = { status: was.status, facts, roles, now: at.toISOString() };
    return decide(this.engine.definitionOf(was), { ...situation, move });
  }

  private async bringAbout(tx: Tx, names: readonly string[], happened: Happened): Promise<void> {
    for (const name of names) await this.parts.consequence(name).apply(tx, happened);
  }

  /** As the procedure: writes everything that a decided move brings about. */
  private async make(
    tx: Tx,
    was: Proceeding,
    { move, byRole, at, reason }: Asked,
    { to, then }: Decision & { ok: true },
  ): Promise<Proceeding> {
    const proceeding = { ...was, status: to, enteredAt: at, version: was.version + 1 };
    const set = { status: to, enteredAt: at, version: proceeding.version };
    const moved = await tx.update(Proceeding, { id: was.id, version: was.version }, set);
    if (moved === 0) throw new Refused('stale', { version: was.version });
    const definition = this.engine.definitionOf(was);
    const compartment = await placeOfMove(tx, definition, was.id, to);
    const made = { compartment, move, byRole, reason: reason ?? null };
    await addEntry(tx, proceeding, { ...made, n: proceeding.version });
    const occasion = this.engine.occasion(proceeding, at);
    // What the clock does for somebody who was silent is not done by them.
    if (byRole !== CLOCK) await meetDeadlines(tx, occasion, { move });
    await setDeadlines(tx, occasion, to);
    if (to === occasion.definition.start) {
      await renewDeadlines(tx, occasion, { by: byRole, reason: reason ?? move });
      for (const resumed of this.parts.resumptions) await resumed(tx, { proceeding, at });
    }
    await this.bringAbout(tx, then, { proceeding, at });
    await this.engine.refreshAccess(tx, proceeding);
    await append(tx, {
      proceedingId: was.id,
      compartment,
      what: 'moved',
      by: byRole,
      ...(reason !== undefined && { reason }),
      at,
      facts: { move, from: was.status, to },
    });
    tx.outcome.to = to;
    return proceeding;
  }
}

/**
 * Where a move is told: to all who know of the proceeding; but what happens before it is registered to
 * those alone who file it, and the secretariat. As the procedure.
 */
async function placeOfMove(
  tx: Tx,
  { intake, triggers = [] }: Definition,
  proceedingId: string,
  to: string,
): Promise<string> {
  if (!intake?.unregistered.includes(to)) return CASE;
  const by = triggers.map((each) => each.by);
  const filer = (await participantsOf(tx, proceedingId)).find(({ role }) => by.includes(role));
  return trayOf(found(filer).principal);
}
