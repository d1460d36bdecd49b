import { Injectable } from '@nestjs/common';
import { inProject } from '../../config/project-root.js';
import { deskOf, secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { assertKnown } from '../../platform/http/validation.js';
import { append, type EntryFacts } from '../../platform/journal/journal.js';
import { found, Refused } from '../../platform/refused.js';
import type { Document } from '../documents/index.js';
import { Engine, type Standing } from '../proceedings/index.js';
import { loadLayouts, type DocumentLayout, type Layout } from './load-layouts.js';

/** The desk of a secretariat in a proceeding, and the document that it writes there. */
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

/** For the secretariat alone: to everybody else there is no such thing. */
@Injectable()
export class FindDesk {
  private readonly layouts = loadLayouts(inProject('mechanisms/summaries'));

  constructor(private readonly engine: Engine) {}

  /** @throws Refused `not-found` to whoever is not of the secretariat */
  read(tx: Tx, proceedingId: string, kind: string): Promise<Desk> {
    return this.find(tx, proceedingId, kind, false);
  }

  /** Under the proceeding's lock. @throws Refused `permission-missing` too */
  async write(tx: Tx, proceedingId: string, kind: string): Promise<Desk> {
    const desk = await this.find(tx, proceedingId, kind, true);
    const seat = tx.viewer?.seats.find(({ side }) => side === desk.side);
    if (!seat?.permissions.includes('prepare')) {
      throw new Refused('permission-missing', { permission: 'prepare' });
    }
    await this.engine.joinSide(tx, desk.standing, desk.side);
    return desk;
  }

  /** What the secretariat writes in this proceeding. */
  async kinds(tx: Tx, proceedingId: string): Promise<string[]> {
    const { proceeding } = await this.engine.standing(tx, proceedingId);
    const layout = this.layouts.find(({ mechanism }) => mechanism === proceeding.mechanism);
    return found(layout).documents.map(({ kind }) => kind);
  }

  /** Where a document of the secretariat's own is written. @throws Refused `unknown-kind` */
  async ofDocument(tx: Tx, { proceedingId, kind }: Document): Promise<Desk> {
    const known = await this.kinds(tx, proceedingId);
    const desk = await this.read(tx, proceedingId, known.includes(kind) ? kind : known[0]!);
    if (desk.kind !== kind) throw new Refused('unknown-kind', { kind, known });
    return desk;
  }

  /** The kind that is written from documents of another kind. */
  writtenFrom(mechanism: string, documentKind: string): string | undefined {
    const layout = this.layouts.find((each) => each.mechanism === mechanism);
    return layout?.documents.find(
      ({ sources }) => sources?.single === documentKind || sources?.joint === documentKind,
    )?.kind;
  }

  private async find(tx: Tx, proceedingId: string, kind: string, lock: boolean): Promise<Desk> {
    const standing = await this.engine.standing(tx, proceedingId, { lock });
    const { mechanism } = standing.proceeding;
    const side = secretariatSide(mechanism);
    found(tx.viewer?.seats.find((seat) => seat.side === side));
    const layout = found(this.layouts.find((each) => each.mechanism === mechanism));
    const kinds = layout.documents.map((each) => each.kind);
    assertKnown('kind', kind, kinds);
    const document = layout.documents.find((each) => each.kind === kind)!;
    const rule = standing.definition.documents.find((each) => each.kind === kind);
    const limit = rule?.limit?.words ?? null;
    return {
      standing,
      proceedingId,
      side,
      compartment: deskOf(side),
      layout,
      document,
      kind,
      limit,
    };
  }
}

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

/** @throws Refused `invalid-content` for a theme that the layout does not have */
export function assertTheme({ layout }: Desk, theme: string, pointer = '/theme'): void {
  const known = layout.themes.map((each) => each.theme);
  if (known.includes(theme)) return;
  throw new Refused('invalid-content', {}, [{ pointer, detail: `one of: ${known.join(', ')}` }]);
}
