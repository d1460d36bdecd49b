import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { allMoves, decide, type Action } from '../../kernel/decide.js';
import type { Definition } from '../../kernel/definition.js';
import { rolesOf } from '../../kernel/roles.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Permission, Viewer } from '../../platform/identity/viewer.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import { MechanismsService } from '../mechanisms/index.js';
import { foundAccess, refreshAccess } from './grant-access.js';
import { lapse, meetDeadlines, setDeadlines, type Occasion } from './keep-deadlines.js';
import { Deadline, Participant, Proceeding, Side, StageEntry } from './proceedings.entity.js';
import {
  lockProceeding,
  participantsOf,
  principalIds,
  proceedingById,
  sidesOf,
  type DueRow,
  type ParticipantRow,
} from './proceedings.repository.js';
import { Parts } from './register-parts.js';

/** A proceeding, and what whoever asks is in it. */
export interface Standing {
  readonly proceeding: Proceeding;
  readonly definition: Definition;
  readonly participants: readonly ParticipantRow[];
  /** Roles held through seats that have this permission; without one: through any seat. */
  roles(permission?: Permission): string[];
}

export interface Opening {
  readonly definition: Definition;
  readonly subject: string;
  readonly slotId: string;
  readonly test: boolean;
  readonly participants: readonly { role: string; principal: string; basis: string }[];
}

const CASE = 'case';

/** Runs proceedings by their definitions; knows none of them by name. */
@Injectable()
export class Engine {
  constructor(
    private readonly mechanisms: MechanismsService,
    private readonly parts: Parts,
  ) {}

  definitionOf({ mechanism, mechanismVersion }: Pick<Proceeding, 'mechanism' | 'mechanismVersion'>) {
    const known = this.mechanisms.definition(mechanism, mechanismVersion);
    if (!known) throw new Error(`no definition ${mechanism} ${mechanismVersion}`);
    return known;
  }

  /** @throws Refused `not-found` for a proceeding that is missing or invisible */
  async standing(tx: Tx, id: string, { lock = false } = {}): Promise<Standing> {
    const proceeding = found(await (lock ? lockProceeding(tx, id) : proceedingById(tx, id)));
    const definition = this.definitionOf(proceeding);
    const participants = await participantsOf(tx, id);
    const { viewer } = tx;
    const roles = (permission?: Permission): string[] =>
      viewer ? rolesOfViewer(definition, participants, viewer, permission) : [];
    return { proceeding, definition, participants, roles };
  }

  /** Opens a proceeding at its definition's start. The viewer must be one who will see it. */
  async open(tx: Tx, opening: Opening): Promise<Proceeding> {
    const { definition, participants } = opening;
    const id = randomUUID();
    const row: Proceeding = {
      id,
      mechanism: definition.key,
      mechanismVersion: definition.version,
      subject: opening.subject,
      slotId: opening.slotId,
      status: definition.start,
      enteredAt: tx.now,
      openedAt: tx.now,
      test: opening.test,
      publicId: null,
      version: 1,
    };
    const ground = { proceedingId: id, stage: row.status, participants, sides: [] };
    await foundAccess(tx, definition, ground);
    await tx.insert(Proceeding, row);
    await tx.asProcedure(id, async () => {
      const ids = await principalIds(tx, participants.map(({ principal }) => principal));
      for (const each of participants) {
        await addParticipant(tx, id, { ...each, principalId: found(ids.get(each.principal)) });
      }
      await addEntry(tx, row, { move: null, byRole: 'secretariat', reason: null, n: 1 });
      await setDeadlines(tx, this.occasion(row, tx.now), undefined);
      await append(
        tx,
        {
          proceedingId: id,
          compartment: CASE,
          what: 'opened',
          by: 'secretariat',
          at: tx.now,
          facts: { mechanism: row.mechanism, version: row.mechanismVersion, subject: row.subject },
        },
        tx.viewer?.accountId,
      );
    });
    return row;
  }

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
    const standing = await this.standing(tx, id, { lock: true });
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

  /** What the viewer could do now; roles come before facts, so outsiders learn none. */
  async actions(tx: Tx, standing: Standing): Promise<(Action & { deadline: string | null })[]> {
    const { proceeding, definition } = standing;
    const roles = standing.roles('submit');
    const now = tx.now.toISOString();
    const { facts, rows } = await tx.asProcedure(proceeding.id, async () => ({
      facts: await this.parts.facts(tx, proceeding),
      rows: await tx.find(Deadline, { proceedingId: proceeding.id, status: 'pending' }),
    }));
    const due = (move: string): string | null => {
      const keys = definition.deadlines.filter((d) => d.metBy.move === move).map((d) => d.deadline);
      return rows.find((row) => keys.includes(row.key))?.due.toISOString() ?? null;
    };
    const moves = allMoves(definition, { status: proceeding.status, facts, roles, now });
    return moves.map((action) => ({ ...action, deadline: due(action.action) }));
  }

  /** Gives a side its desk and its tray here, once. Whoever asks must see the proceeding. */
  async joinSide(tx: Tx, { proceeding, definition }: Standing, key: string): Promise<void> {
    await tx.asProcedure(proceeding.id, async () => {
      const sides = await sidesOf(tx, proceeding.id);
      if (sides.some((side) => side.key === key)) return;
      const principalId = (await principalIds(tx, [key])).get(key);
      if (!principalId) throw new Refused('unknown-side', { side: key });
      // A row of the desk needs the desk's access first.
      await refreshAccess(tx, definition, proceeding, [...sides.map((side) => side.key), key]);
      await tx.insert(Side, { proceedingId: proceeding.id, compartment: `desk:${key}`, principalId });
    });
  }

  /** Expires one deadline at its due instant, as the clock: a flag, and a move if it names one. */
  async expire(tx: Tx, { id, proceedingId }: DueRow): Promise<void> {
    const proceeding = found(await lockProceeding(tx, proceedingId));
    const definition = this.definitionOf(proceeding);
    await tx.asProcedure(proceedingId, async () => {
      const row = await tx.findOne(Deadline, { id, status: 'pending' });
      if (!row) return;
      await lapse(tx, row);
      const { flag, move } = definition.deadlines.find((d) => d.deadline === row.key)?.onExpiry ?? {};
      const facts = { deadline: row.key, due: row.due.toISOString(), flag: flag ?? null };
      const entry = { proceedingId, compartment: row.compartment, by: 'clock', at: row.due };
      await append(tx, { ...entry, what: 'deadline-lapsed', facts });
      if (move === undefined) return;
      const roles = ['clock'];
      await this.make(tx, proceeding, { move, roles, byRole: 'clock', at: row.due, reason: undefined });
    });
  }

  /** As the procedure: decides, and writes everything that the move brings about. */
  private async make(
    tx: Tx,
    was: Proceeding,
    asked: { move: string; roles: string[]; byRole: string; at: Date; reason: string | undefined },
  ): Promise<Proceeding> {
    const { move, roles, byRole, at } = asked;
    const definition = this.definitionOf(was);
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
    const occasion = this.occasion(proceeding, at);
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

  /** After participants changed: grants follow the definition. As the procedure. */
  refreshAccess(tx: Tx, proceeding: Proceeding): Promise<void> {
    return refreshAccess(tx, this.definitionOf(proceeding), proceeding);
  }

  occasion(proceeding: Proceeding, at: Date): Occasion {
    const definition = this.definitionOf(proceeding);
    return { proceeding, definition, holidays: this.mechanisms.holidays(definition), at };
  }
}

function rolesOfViewer(
  definition: Definition,
  participants: readonly ParticipantRow[],
  viewer: Viewer,
  permission: Permission | undefined,
): string[] {
  const seats = viewer.seats
    .filter((seat) => permission === undefined || seat.permissions.includes(permission))
    .flatMap((seat) => [
      { principal: seat.side, role: seat.role },
      ...(seat.group === null ? [] : [{ principal: seat.group, role: seat.role }]),
    ]);
  return rolesOf(definition, { participants, seats });
}

/** As the procedure. */
export const addParticipant = (
  tx: Tx,
  proceedingId: string,
  given: { role: string; principalId: string; basis: string },
): Promise<void> =>
  tx.insert(Participant, {
    id: randomUUID(),
    proceedingId,
    compartment: CASE,
    role: given.role,
    principalId: given.principalId,
    basis: given.basis,
    recordedAt: tx.now,
  });

const addEntry = (
  tx: Tx,
  proceeding: Proceeding,
  by: Pick<StageEntry, 'move' | 'byRole' | 'reason' | 'n'>,
): Promise<void> =>
  tx.insert(StageEntry, {
    id: randomUUID(),
    proceedingId: proceeding.id,
    compartment: CASE,
    stage: proceeding.status,
    enteredAt: proceeding.enteredAt,
    ...by,
  });
