import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CASE, deskOf } from '../../kernel/sides.js';
import { allMoves } from '../../kernel/decide.js';
import type { Definition } from '../../kernel/definition.js';
import { offered, type Offered } from '../../kernel/offered.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Permission } from '../../platform/identity/viewer.js';
import { append } from '../../platform/journal/journal.js';
import { found, Refused } from '../../platform/refused.js';
import { MechanismsService } from '../mechanisms/index.js';
import { addEntry, addParticipant } from './add-participant.js';
import { assist, rolesOfViewer } from './find-roles.js';
import { foundAccess, refreshAccess } from './grant-access.js';
import type { Occasion } from './count-deadlines.js';
import { setDeadlines } from './keep-deadlines.js';
import { Circle, Deadline, Proceeding, Side } from './proceedings.entity.js';
import {
  lockProceeding,
  participantsOfAll,
  principalIds,
  proceedingWithParticipants,
  sidesOf,
  type ParticipantRow,
} from './proceedings.repository.js';
import { Parts, type Standing } from './register-parts.js';

interface Opening {
  readonly definition: Definition;
  readonly subject: string;
  /** Its place in a calendar, or what set it off. */
  readonly slotId: string | null;
  readonly trigger: string | null;
  readonly test: boolean;
  /** The role that opens it. */
  readonly by: string;
  /** The side that prepares it, where nobody else is to know of it yet. */
  readonly preparedBy?: string;
  readonly participants: readonly { role: string; principal: string; basis: string }[];
}

/** Runs proceedings by their definitions; knows none of them by name. */
@Injectable()
export class Engine {
  constructor(
    private readonly mechanisms: MechanismsService,
    private readonly parts: Parts,
  ) {}

  definitionOf({
    mechanism,
    mechanismVersion,
  }: Pick<Proceeding, 'mechanism' | 'mechanismVersion'>) {
    const known = this.mechanisms.definition(mechanism, mechanismVersion);
    if (!known) throw new Error(`no definition ${mechanism} ${mechanismVersion}`);
    return known;
  }

  /** @throws Refused `not-found` for a proceeding that is missing or invisible */
  async standing(tx: Tx, id: string, { lock = false } = {}): Promise<Standing> {
    const { proceeding, participants, assisting } = await proceedingWithParticipants(tx, id, {
      lock,
    });
    assist(tx, assisting);
    return this.standingOf(tx, found(proceeding), participants);
  }

  /** The standings of proceedings that the viewer was shown, in one statement. */
  async standings(tx: Tx, proceedings: readonly Proceeding[]): Promise<Standing[]> {
    const taking = await participantsOfAll(
      tx,
      proceedings.map(({ id }) => id),
    );
    return proceedings.map((each) => this.standingOf(tx, each, taking.get(each.id) ?? []));
  }

  private standingOf(
    { viewer }: Tx,
    proceeding: Proceeding,
    participants: readonly ParticipantRow[],
  ): Standing {
    const definition = this.definitionOf(proceeding);
    const roles = (permission?: Permission): string[] =>
      viewer ? rolesOfViewer(definition, participants, viewer, permission) : [];
    return { proceeding, definition, participants, roles };
  }

  /** Opens a proceeding at its definition's start. The viewer must be one who will see it. */
  async open(tx: Tx, opening: Opening): Promise<Proceeding> {
    const { definition, participants, by, preparedBy } = opening;
    const id = randomUUID();
    const compartment = preparedBy === undefined ? CASE : deskOf(preparedBy);
    const row: Proceeding = {
      id,
      mechanism: definition.key,
      mechanismVersion: definition.version,
      subject: opening.subject,
      slotId: opening.slotId,
      trigger: opening.trigger,
      caseNumber: null,
      status: definition.start,
      enteredAt: tx.now,
      openedAt: tx.now,
      test: opening.test,
      publicId: null,
      version: 1,
    };
    const ground = {
      proceedingId: id,
      stage: row.status,
      participants,
      sides: preparedBy === undefined ? [] : [preparedBy],
      circles: [],
      assistants: [],
    };
    await foundAccess(tx, definition, ground);
    await tx.insert(Proceeding, row);
    await tx.asProcedure(id, async () => {
      const ids = await principalIds(
        tx,
        participants.map(({ principal }) => principal),
      );
      for (const each of participants) {
        await addParticipant(tx, id, { ...each, principalId: found(ids.get(each.principal)) });
      }
      if (preparedBy !== undefined) {
        const principalId = found(ids.get(preparedBy));
        await tx.insert(Side, { proceedingId: id, compartment, principalId });
      }
      await addEntry(tx, row, { compartment, move: null, byRole: by, reason: null, n: 1 });
      await setDeadlines(tx, this.occasion(row, tx.now), undefined);
      await append(tx, {
        proceedingId: id,
        compartment,
        what: preparedBy === undefined ? 'opened' : 'begun',
        by,
        at: tx.now,
        facts: { mechanism: row.mechanism, version: row.mechanismVersion, subject: row.subject },
      });
    });
    return row;
  }

  /**
   * What the viewer could do now: the moves, and what the modules offer beside them. Roles come
   * before facts, so outsiders learn none.
   */
  async actions(tx: Tx, standing: Standing): Promise<Offered[]> {
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
    return [
      ...moves.map(({ action, because = null }) => offered(action, because, due(action))),
      ...(await this.parts.offered(tx, standing)),
    ];
  }

  /** Gives a side its desk and its tray here, once. Whoever asks must see the proceeding. */
  async joinSide(tx: Tx, { proceeding, definition }: Standing, key: string): Promise<void> {
    await tx.asProcedure(proceeding.id, async () => {
      const joined = async () => (await sidesOf(tx, proceeding.id)).map((side) => side.key);
      if ((await joined()).includes(key)) return;
      // Two people of one side may begin at once: the second finds that it has joined.
      const now = found(await lockProceeding(tx, proceeding.id));
      const sides = await joined();
      if (sides.includes(key)) return;
      const principalId = (await principalIds(tx, [key])).get(key);
      if (!principalId) throw new Refused('unknown-side', { side: key });
      // A row of the desk needs the desk's access first.
      await refreshAccess(tx, definition, now, [...sides, key]);
      await tx.insert(Side, {
        proceedingId: proceeding.id,
        compartment: deskOf(key),
        principalId,
      });
    });
  }

  /** Has a side share a compartment with those who are in on it; the first one founds it. */
  async joinCircle(tx: Tx, standing: Standing, circle: string, key: string): Promise<void> {
    await this.joinSide(tx, standing, key);
    const { id } = standing.proceeding;
    await tx.asProcedure(id, async () => {
      const proceeding = found(await lockProceeding(tx, id));
      const principalId = found((await principalIds(tx, [key])).get(key));
      if (await tx.findOne(Circle, { proceedingId: id, circle, principalId })) return;
      await tx.insert(Circle, { proceedingId: id, compartment: deskOf(key), circle, principalId });
      await this.refreshAccess(tx, proceeding);
    });
  }

  /** Takes what it shared from a side, at once. As the procedure, under the lock. */
  async leaveCircle(tx: Tx, proceeding: Proceeding, circle: string, key: string): Promise<void> {
    await tx.rows(
      `DELETE FROM casework.circle WHERE proceeding_id = $1 AND circle = $2
         AND principal_id = (SELECT p.id FROM identity.principal p WHERE p.key = $3)`,
      [proceeding.id, circle, key],
    );
    await this.refreshAccess(tx, proceeding);
  }

  /** After participants changed: grants follow the definition. As the procedure. */
  refreshAccess(tx: Tx, proceeding: Proceeding): Promise<void> {
    return refreshAccess(tx, this.definitionOf(proceeding), proceeding);
  }

  occasion(proceeding: Proceeding, at: Date): Occasion {
    const definition = this.definitionOf(proceeding);
    const remindAt: Occasion['remindAt'] = (set) => this.parts.firstLook(definition, set, at);
    return { proceeding, definition, holidays: this.mechanisms.holidays(definition), at, remindAt };
  }
}
