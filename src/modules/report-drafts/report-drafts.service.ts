import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion, Refused } from '../../platform/refused.js';
import { LabelRecommendations } from '../recommendations/index.js';
import { FindDesk, record, type Desk } from './find-desk.js';
import { GatherDraft } from './gather-draft.js';
import { ReportDraft } from './report-drafts.entity.js';
import { presentReport } from './report-drafts.presenter.js';
import type * as op from './report-drafts.schemas.js';

/** A draft as a whole: what its writers fill in, and the labels that it gives. */
@Injectable()
export class ReportDraftsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desks: FindDesk,
    private readonly drafts: GatherDraft,
    private readonly labelling: LabelRecommendations,
  ) {}

  get({ viewer, params, query }: Input<typeof op.getReport>) {
    return this.work.read(viewer, async (tx) =>
      presentReport(await this.drafts.read(tx, params.id, query.kind)),
    );
  }

  put({ viewer, params, query, body, ifMatch }: Input<typeof op.putReport>) {
    return this.work.write(viewer, async (tx) => {
      const desk = await this.desks.write(tx, params.id, query);
      const before = await tx.findOne(ReportDraft, placeOf(desk));
      expectVersion(ifMatch, before?.version ?? 1);
      assertAsked(desk, Object.keys(body.particulars));
      await turn(tx, await begin(tx, desk), { particulars: body.particulars });
      const names = Object.keys(body.particulars).toSorted();
      await record(tx, desk, 'report-filled-in', { particulars: names });
      return presentReport(await this.drafts.of(tx, desk));
    });
  }

  /** What the draft prints becomes the label of each, in one act. */
  label({ viewer, params, query }: Input<typeof op.labelByReport>) {
    return this.work.write(viewer, async (tx) => {
      const desk = await this.desks.write(tx, params.id, query);
      const { composed } = await this.drafts.of(tx, desk);
      const labels = composed.labels.map(({ id, proposed }) => ({ id, label: proposed }));
      return this.labelling.give(tx, desk.standing, labels);
    });
  }
}

const placeOf = ({ proceedingId, compartment, kind }: Desk) => ({
  proceedingId,
  compartment,
  kind,
});

/** The draft of a desk, begun now unless it is there: under the proceeding's lock. */
export async function begin(tx: Tx, desk: Desk): Promise<ReportDraft> {
  const there = await tx.findOne(ReportDraft, placeOf(desk));
  if (there) return there;
  const row = { id: randomUUID(), ...placeOf(desk), particulars: {}, version: 1 };
  await tx.insert(ReportDraft, row);
  return row;
}

/** What it holds has changed: takes its next version. */
export async function turn(
  tx: Tx,
  { id, version }: ReportDraft,
  set: Partial<ReportDraft> = {},
): Promise<void> {
  const swapped = await tx.update(ReportDraft, { id, version }, { ...set, version: version + 1 });
  if (swapped === 0) throw new Refused('stale', { version });
}

/** @throws Refused `invalid-content` for particulars that this document does not ask for */
function assertAsked({ document: { asks } }: Desk, names: readonly string[]): void {
  const unknown = names.filter((name) => !asks.includes(name));
  if (unknown.length === 0) return;
  const detail = asks.length === 0 ? 'this document asks for none' : `one of: ${asks.join(', ')}`;
  throw new Refused('invalid-content', { unknown }, [{ pointer: '/particulars', detail }]);
}
