import { Injectable } from '@nestjs/common';
import { inProject } from '../../config/project-root.js';
import { deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { assertKnown } from '../../platform/http/validation.js';
import { append, type EntryFacts } from '../../platform/journal/journal.js';
import { found, Refused } from '../../platform/refused.js';
import type { Document } from '../documents/index.js';
import { chooseSeat, Engine, rolesOfSide, type Standing } from '../proceedings/index.js';
import { loadLayouts, type DocumentLayout, type Layout } from './load-layouts.js';

/** Where a text is composed, and through which side the viewer is there. */
export interface Desk {
  readonly standing: Standing;
  readonly proceedingId: string;
  readonly side: string;
  readonly compartment: string;
  readonly layout: Layout;
  readonly document: DocumentLayout;
  readonly kind: string;
  /** Words allowed. */
  readonly limit: number | null;
}

interface Asked {
  readonly kind: string;
  readonly as?: string | undefined;
}

/** For those who write a text together: to everybody else there is no such thing. */
@Injectable()
export class FindDesk {
  private readonly layouts = loadLayouts(inProject('mechanisms/reports'));

  constructor(private readonly engine: Engine) {}

  /** @throws Refused `not-found` to whoever does not read it */
  async read(tx: Tx, proceedingId: string, { kind, as }: Asked): Promise<Desk> {
    const standing = await this.engine.standing(tx, proceedingId);
    return this.at(tx, standing, { kind, as });
  }

  /**
   * Under the proceeding's lock.
   *
   * @throws Refused `not-found`, `wrong-role`, `permission-missing`, `side-ambiguous`, `wrong-stage`
   */
  async write(tx: Tx, proceedingId: string, { kind, as }: Asked): Promise<Desk> {
    const standing = await this.engine.standing(tx, proceedingId, { lock: true });
    const { document } = this.at(tx, standing, { kind, as });
    const by = document.writers;
    const seat = chooseSeat(seatsOf(tx, standing, by), { by, as, permission: 'prepare' });
    const desk = this.at(tx, standing, { kind, as: seat.side });
    const { status } = standing.proceeding;
    const during = standing.definition.documents.find((each) => each.kind === kind)?.during ?? [];
    if (!during.includes(status)) throw new Refused('wrong-stage', { status, during });
    if (desk.compartment === deskOf(desk.side)) {
      await this.engine.joinSide(tx, standing, desk.side);
    }
    return desk;
  }

  /** Where a document is composed. @throws Refused `unknown-kind` */
  async ofDocument(tx: Tx, { proceedingId, kind, filedBy }: Document): Promise<Desk> {
    const { proceeding } = await this.engine.standing(tx, proceedingId);
    const known = this.layoutOf(proceeding).documents.map((each) => each.kind);
    if (!known.includes(kind)) throw new Refused('unknown-kind', { kind, known });
    return this.read(tx, proceedingId, { kind, as: filedBy });
  }

  private layoutOf({ mechanism }: { readonly mechanism: string }): Layout {
    return found(this.layouts.find((each) => each.mechanism === mechanism));
  }

  private at(tx: Tx, standing: Standing, { kind, as }: Asked): Desk {
    const layout = this.layoutOf(standing.proceeding);
    const held = standing.roles();
    const all = layout.documents.filter(({ readers }) =>
      readers.some((role) => held.includes(role)),
    );
    found(all[0]);
    const kinds = layout.documents.map((each) => each.kind);
    assertKnown('kind', kind, kinds);
    const document = found(all.find((each) => each.kind === kind));
    // A president reads by a seat of a body, which as such has no role.
    const fitting = seatsOf(tx, standing, document.readers);
    const seats = fitting.length > 0 ? fitting : (tx.viewer?.seats ?? []);
    const { side } = found(seats.find((seat) => as === undefined || seat.side === as));
    const rule = standing.definition.documents.find((each) => each.kind === kind);
    return {
      standing,
      proceedingId: standing.proceeding.id,
      side,
      compartment: document.compartment === 'desk' ? deskOf(side) : document.compartment,
      layout,
      document,
      kind,
      limit: rule?.limit?.words ?? null,
    };
  }
}

const seatsOf = (tx: Tx, standing: Standing, roles: readonly string[]) =>
  (tx.viewer?.seats ?? []).filter(({ side }) =>
    rolesOfSide(standing, side).some((role) => roles.includes(role)),
  );

/** The journal keeps that it happened, never the words. */
export const record = (tx: Tx, desk: Desk, what: string, facts: EntryFacts): Promise<void> =>
  append(tx, {
    proceedingId: desk.proceedingId,
    compartment: desk.compartment,
    what,
    by: desk.side,
    at: tx.now,
    facts: { kind: desk.kind, ...facts },
  });
