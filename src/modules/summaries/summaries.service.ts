import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import { FindDesk, record, type Desk } from './find-desk.js';
import { draftOf } from './gather-draft.js';
import { takeSources } from './gather-sources.js';
import { namesHidden } from './sources.rules.js';
import { Summary, SummaryParagraph } from './summaries.entity.js';
import { presentSummary, presentWritten } from './summaries.presenter.js';
import type * as op from './summaries.schemas.js';

/** A draft as a whole: what is in it, and in which order. */
@Injectable()
export class SummariesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desks: FindDesk,
  ) {}

  get({ viewer, params, query }: Input<typeof op.getSummary>) {
    return this.work.read(viewer, async (tx) => {
      const desk = await this.desks.read(tx, params.id, query.kind);
      return presentSummary(await draftOf(tx, desk));
    });
  }

  put({ viewer, params, query, body, ifMatch }: Input<typeof op.putSummary>) {
    return this.work.write(viewer, async (tx) => {
      const desk = await this.desks.write(tx, params.id, query.kind);
      const before = await tx.findOne(Summary, placeOf(desk));
      expectVersion(ifMatch, before?.version ?? 1);
      const summary = before ?? (await begin(tx, desk));
      const sources = await takeSources(tx, desk);
      const { background, order } = body;
      if (background !== null && namesHidden(background, sources)) {
        throw new Refused('names-withheld');
      }
      await arrange(tx, summary, order);
      await turn(tx, summary, { background });
      await record(tx, desk, 'summary-arranged', { paragraphs: order.length });
      return presentSummary(await draftOf(tx, desk));
    });
  }

  paragraph({ viewer, params }: Input<typeof op.getParagraph>) {
    return this.work.read(viewer, async (tx) => {
      const { id } = params;
      const { summaryId } = found(await tx.findOne(SummaryParagraph, { id }));
      const { proceedingId, kind } = found(await tx.findOne(Summary, { id: summaryId }));
      const desk = await this.desks.read(tx, proceedingId, kind);
      return presentWritten(await draftOf(tx, desk), id);
    });
  }
}

const placeOf = ({ proceedingId, compartment, kind }: Desk) => ({
  proceedingId,
  compartment,
  kind,
});

/** The draft of a desk, begun now unless it is there: under the proceeding's lock. */
export async function begin(tx: Tx, desk: Desk): Promise<Summary> {
  const there = await tx.findOne(Summary, placeOf(desk));
  if (there) return there;
  const row = { id: randomUUID(), ...placeOf(desk), background: null, version: 1 };
  await tx.insert(Summary, row);
  return row;
}

/** The order has changed: takes its next version. */
export async function turn(
  tx: Tx,
  { id, version }: Summary,
  set: Partial<Summary> = {},
): Promise<void> {
  const swapped = await tx.update(Summary, { id, version }, { ...set, version: version + 1 });
  if (swapped === 0) throw new Refused('stale', { version });
}

/** @throws Refused `invalid-content` unless every paragraph is named, and once */
async function arrange(tx: Tx, summary: Summary, order: readonly string[]): Promise<void> {
  const all = await tx.find(SummaryParagraph, { summaryId: summary.id });
  const known = new Set(all.map(({ id }) => id));
  const named = new Set(order);
  if (
    named.size !== order.length ||
    known.size !== named.size ||
    order.some((id) => !known.has(id))
  ) {
    const detail = 'names every paragraph of the draft once, and nothing else';
    throw new Refused('invalid-content', {}, [{ pointer: '/order', detail }]);
  }
  const places = new Map(all.map(({ id, place }) => [id, place]));
  for (const [place, id] of order.entries()) {
    // Its text has a version of its own, which this leaves alone.
    if (places.get(id) !== place) await tx.update(SummaryParagraph, { id }, { place });
  }
}
