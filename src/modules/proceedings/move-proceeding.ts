import { Injectable } from '@nestjs/common';
import { decide } from '../../kernel/decide.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import { addEntry, CASE, Engine } from './engine.service.js';
import { refreshAccess } from './grant-access.js';
import { lapse, meetDeadlines, setDeadlines } from './keep-deadlines.js';
import { Deadline, Proceeding } from './proceedings.entity.js';
import { lockProceeding, type DueRow } from './proceedings.repository.js';
import { Parts } from './register-parts.js';

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
    return tx.asProcedure(id, () => this.make(tx, standing.proceeding, made));
  }

  /** Expires one deadline at its due instant, as the clock: a flag, and a move if it names one. */
  async expire(tx: Tx, { id, proceedingId }: DueRow): Promise<void> {
    const proceeding = found(await lockProceeding(tx, proceedingId));
    const definition = this.engine.definitionOf(proceeding);
    await tx.asProcedure(proceedingId, async () => {
      const row = await tx.findOne(Deadline, { id, status: 'pending' });
      if (!row) return;
      await lapse(tx, row);
      const { flag, move } =
        definition.deadlines.find((d) => d.deadline === row.key)?.onExpiry ?? {};
      const facts = { deadline: row.key, due: row.due.toISOString(), flag: flag ?? null };
      const entry = { proceedingId, compartment: row.compartment, by: 'clock', at: row.due };
      await append(tx, { ...entry, what: 'deadline-lapsed', facts });
      if (move === undefined) return;
      // A deadline that was set when it had passed already moves nothing back in time.
      const at = row.due < proceeding.enteredAt ? proceeding.enteredAt : row.due;
      const roles = ['clock'];
      await this.make(tx, proceeding, {
        move,
        roles,
        byRole: 'clock',
        at,
        reason: undefined,
      });
    });
  }

  /** As the procedure: decides, and writes everything that the move brings about. */
  private async make(
    tx: Tx,
    was: Proceeding,
    asked: { move: string; roles: string[]; byRole: string; at: Date; reason: string | undefined },
  ): Promise<Proceeding> {
    const { move, roles, byRole, at } = asked;
    const definition = this.engine.definitionOf(was);
    const facts = await this.parts.facts(tx, was);
    const now = at.toISOString();
    const decision = decide(definition, { status: was.status, facts, roles, now, move });
    if (!decision.ok) throw new Refused(decision.because, decision.facts);
    const { to } = decision;
    const proceeding = { ...was, status: to, enteredAt: at, version: was.version + 1 };
    const set = { status: to, enteredAt: at, version: proceeding.version };
    const moved = await tx.update(Proceeding, { id: was.id, version: was.version }, set);
    if (moved === 0) throw new Refused('stale', { version: was.version });
    const reason = asked.reason ?? null;
    await addEntry(tx, proceeding, { move, byRole, reason, n: proceeding.version });
    const occasion = this.engine.occasion(proceeding, at);
    await meetDeadlines(tx, occasion, { move });
    await setDeadlines(tx, occasion, to);
    const made = { proceeding, move, from: was.status, to, byRole, at };
    for (const name of decision.then) await this.parts.consequence(name).apply(tx, made);
    await refreshAccess(tx, definition, proceeding);
    const entry = { proceedingId: was.id, compartment: CASE, what: 'moved', by: byRole, at };
    const said = asked.reason === undefined ? {} : { reason: asked.reason };
    const told = { ...entry, ...said, facts: { move, from: was.status, to } };
    await append(tx, told, tx.viewer?.accountId);
    tx.outcome.to = to;
    return proceeding;
  }
}
