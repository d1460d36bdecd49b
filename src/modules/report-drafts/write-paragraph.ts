import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import { FindDesk, record, type Desk } from './find-desk.js';
import { GatherDraft } from './gather-draft.js';
import { ReportDraft, ReportParagraph, ReportParagraphVersion } from './report-drafts.entity.js';
import { presentWritten } from './report-drafts.presenter.js';
import { paragraphsOf } from './report-drafts.repository.js';
import { begin, turn } from './report-drafts.service.js';
import { MOST_PARAGRAPHS } from './report-drafts.schemas.js';
import type * as op from './report-drafts.schemas.js';

/** Paragraphs by hand, each under a version of its own; what they said before is kept. */
@Injectable()
export class WriteParagraph {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desks: FindDesk,
    private readonly drafts: GatherDraft,
  ) {}

  get({ viewer, params }: Input<typeof op.getReportParagraph>) {
    return this.work.read(viewer, async (tx) => {
      const row = found(await tx.findOne(ReportParagraph, { id: params.id }));
      const { proceedingId, kind } = await reportOf(tx, row);
      return this.show(tx, await this.desks.read(tx, proceedingId, { kind }), row.id);
    });
  }

  add({ viewer, params, query, body }: Input<typeof op.addReportParagraph>) {
    return this.work.write(viewer, async (tx) => {
      const desk = await this.desks.write(tx, params.id, query);
      const { section, text } = body;
      assertOpen(desk, section);
      const report = await begin(tx, desk);
      const all = await paragraphsOf(tx, report.id);
      if (all.length >= MOST_PARAGRAPHS)
        throw new Refused('report-full', { most: MOST_PARAGRAPHS });
      const { proceedingId, compartment } = desk;
      const own = all.filter((each) => each.section === section).map(({ id }) => id);
      const row = {
        id: randomUUID(),
        proceedingId,
        compartment,
        section,
        reportId: report.id,
        place: own.length,
        version: 1,
      };
      await tx.insert(ReportParagraph, row);
      await say(tx, desk, row, text);
      await arrange(tx, [...own], { id: row.id, place: body.place });
      await turn(tx, report);
      await record(tx, desk, 'report-paragraph-begun', { paragraphId: row.id, section });
      return this.show(tx, desk, row.id);
    });
  }

  put({ viewer, params, query, body, ifMatch }: Input<typeof op.putReportParagraph>) {
    return this.work.write(viewer, async (tx) => {
      const { row, desk, report } = await this.find(tx, params.id, { ...query, ifMatch });
      await say(tx, desk, await next(tx, row), body.text);
      if (body.place !== undefined) {
        const all = await paragraphsOf(tx, report.id);
        const own = all.filter(({ id, section }) => section === row.section && id !== row.id);
        await arrange(
          tx,
          own.map(({ id }) => id),
          { id: row.id, place: body.place },
        );
        await turn(tx, report);
      }
      const facts = { paragraphId: row.id, section: row.section };
      await record(tx, desk, 'report-paragraph-written', facts);
      return this.show(tx, desk, row.id);
    });
  }

  remove({ viewer, params, query, ifMatch }: Input<typeof op.removeReportParagraph>) {
    return this.work.write(viewer, async (tx) => {
      const { row, desk, report } = await this.find(tx, params.id, { ...query, ifMatch });
      await say(tx, desk, await next(tx, row), null);
      await turn(tx, report);
      const facts = { paragraphId: row.id, section: row.section };
      await record(tx, desk, 'report-paragraph-removed', facts);
    });
  }

  /** As it is under the lock; what was taken out is no more. */
  private async find(
    tx: Tx,
    id: string,
    { as, ifMatch }: { as?: string | undefined; ifMatch: number | undefined },
  ) {
    const { proceedingId, kind } = await reportOf(
      tx,
      found(await tx.findOne(ReportParagraph, { id })),
    );
    const desk = await this.desks.write(tx, proceedingId, { kind, as });
    const row = found(await tx.findOne(ReportParagraph, { id }));
    const report = await reportOf(tx, row);
    found((await paragraphsOf(tx, report.id)).find((each) => each.id === id));
    expectVersion(ifMatch, row.version);
    return { row, desk, report };
  }

  private async show(tx: Tx, desk: Desk, id: string) {
    const row = found(await tx.findOne(ReportParagraph, { id }));
    const order = { n: 'ASC' } as const;
    const history = await tx.find(ReportParagraphVersion, { paragraphId: id }, { order });
    return presentWritten(await this.drafts.of(tx, desk), row, history);
  }
}

const reportOf = async (tx: Tx, { reportId }: ReportParagraph): Promise<ReportDraft> =>
  found(await tx.findOne(ReportDraft, { id: reportId }));

/** @throws Refused `invalid-content` where the platform alone writes */
function assertOpen({ document }: Desk, section: string): void {
  const open = document.sections.filter(({ written }) => written).map((each) => each.section);
  if (document.annex) open.push(document.annex.section);
  if (open.includes(section)) return;
  const detail = `one of: ${open.join(', ')}`;
  throw new Refused('invalid-content', {}, [{ pointer: '/section', detail }]);
}

/** Takes its next version, unless somebody else has. */
async function next(tx: Tx, row: ReportParagraph): Promise<ReportParagraph> {
  const { id, version } = row;
  const swapped = await tx.update(ReportParagraph, { id, version }, { version: version + 1 });
  if (swapped === 0) throw new Refused('stale', { version });
  return { ...row, version: version + 1 };
}

/** What it says in the version that it has. */
const say = (
  tx: Tx,
  { proceedingId, compartment, side }: Desk,
  { id, version }: ReportParagraph,
  text: string | null,
) =>
  tx.insert(ReportParagraphVersion, {
    id: randomUUID(),
    proceedingId,
    compartment,
    text,
    paragraphId: id,
    n: version,
    bySide: side,
    writtenAt: tx.now,
  });

/** Puts one among the others of its section; without a place, behind them. */
async function arrange(
  tx: Tx,
  others: string[],
  { id, place = others.length }: { id: string; place?: number | undefined },
): Promise<void> {
  const ordered = others.toSpliced(place, 0, id);
  for (const [index, each] of ordered.entries()) {
    await tx.update(ReportParagraph, { id: each }, { place: index });
  }
}
