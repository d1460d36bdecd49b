import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { PARTIES } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { whole } from '../../platform/http/paging.js';
import { expectVersion, found, Refused } from '../../platform/refused.js';
import { Engine, sideInRole, type Standing } from '../proceedings/index.js';
import { publishAdopted } from './publish-recommendations.js';
import { assertMay, itemRule, itemStanding } from './find-item.js';
import { keepBook } from './keep-book.js';
import { closeBook, openBook, type Opened } from './open-book.js';
import { ReadWords } from './read-words.js';
import { Position, Recommendation, Recommender } from './recommendations.entity.js';
import { familyOf } from './recommendations.repository.js';
import {
  labelOrder,
  partLabel,
  repeatedLabels,
  ruleOf,
  type Act,
} from './recommendations.rules.js';
import { showRecommendation } from './show-recommendation.js';
import { Wording } from './wordings.entity.js';
import { presentSplitEnd } from './wordings.presenter.js';
import { begin, decideSplit, propose, type Book } from './wordings.rules.js';
import type * as op from './wordings.schemas.js';

/** A recommendation in parts, each of which is answered for itself; the whole stays to be read. */
@Injectable()
export class SplitRecommendation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly words: ReadWords,
  ) {}

  ask({ viewer, params, body, ifMatch }: Input<typeof op.askSplit>) {
    return this.work.write(viewer, async (tx) => {
      const opened = await openBook(tx, this.engine, params.id);
      const { row, standing, book } = opened;
      expectVersion(ifMatch, row.version);
      const by = actor(tx, standing, 'ask-split');
      assertWhole(opened);
      const { parts, reason } = body;
      const after = propose(book, { kind: 'split', by, texts: parts, reason });
      const facts = { wording: book.wordings.length + 1, parts: parts.length };
      await closeBook(tx, this.words, opened, after, { what: 'split-asked', by, facts });
      return showRecommendation(tx, standing, row.id);
    });
  }

  decide({ viewer, params: { id, n }, body }: Input<typeof op.decideSplit>) {
    return this.work.write(viewer, async (tx) => {
      const opened = await openBook(tx, this.engine, id);
      const { row, standing, book } = opened;
      const by = actor(tx, standing, 'decide-split', body.as);
      assertWhole(opened);
      const entry = found(book.wordings.find((each) => each.n === n && each.kind === 'split'));
      const after = decideSplit(book, n, body.grant);
      const what = body.grant ? 'recommendation-split' : 'split-declined';
      await closeBook(tx, this.words, opened, after, { what, by, facts: { wording: n } });
      await tx.asProcedure(row.proceedingId, async () => {
        const said = { decidedBy: by, decision: body.reason };
        await tx.update(Wording, { recommendationId: id, n }, said);
        if (!body.grant) return;
        const { texts } = entry;
        await this.part(tx, opened, { by: entry.by, texts, labels: body.labels });
      });
      if (body.grant) await this.tell(tx, opened);
      return showRecommendation(tx, standing, id);
    });
  }

  parts({ viewer, params: { id }, query }: Input<typeof op.listParts>) {
    return this.work.read(viewer, async (tx) => {
      const { row } = await itemStanding(tx, this.engine, id);
      const family = await familyOf(tx, row);
      const others = family.filter((each) => each.id !== id);
      return whole(
        others.map((each) => presentSplitEnd(row, each)),
        query,
      );
    });
  }

  /** Each part's words are read, and the record has them where it had the whole. */
  private async tell(tx: Tx, { row, standing: { proceeding } }: Opened): Promise<void> {
    const [, ...parts] = await familyOf(tx, row);
    for (const part of parts) await this.words.read(tx, proceeding, part);
    if (row.status !== 'adopted') return;
    await tx.asProcedure(proceeding.id, () => publishAdopted(tx, proceeding));
  }

  /** As the procedure: the parts take the place of the whole, with the States that agreed to them. */
  private async part(
    tx: Tx,
    { row, book }: Opened,
    { by, texts, labels }: { by: string; texts: readonly string[]; labels?: string[] | undefined },
  ): Promise<void> {
    const given = labelsFor(row.label, texts.length, labels);
    const all = await tx.find(Recommendation, { proceedingId: row.proceedingId });
    const repeated = repeatedLabels([...all.map(({ label }) => label), ...given]);
    if (repeated.length > 0) throw new Refused('already-exists', { labels: repeated });
    const { status } = row;
    await tx.update(Recommendation, { id: row.id }, { status: 'split' });
    const answered = { recommendationId: row.id, status: 'given' as const };
    await tx.update(Position, answered, { status: 'superseded' });
    for (const [index, text] of texts.entries()) {
      const label = given[index] ?? null;
      const part: Recommendation = {
        id: randomUUID(),
        proceedingId: row.proceedingId,
        compartment: PARTIES,
        side: row.side,
        filedBy: row.filedBy,
        text,
        label,
        labelOrder: label === null ? null : labelOrder(label),
        status,
        createdAt: tx.now,
        submittedAt: row.submittedAt,
        publicId: null,
        classification: null,
        repeatOf: null,
        version: 1,
        wording: 1,
        wholeId: row.id,
        part: index + 1,
      };
      await this.keepPart(tx, part, { book, by, text });
    }
  }

  private async keepPart(
    tx: Tx,
    part: Recommendation,
    { book, by, text }: { book: Book; by: string; text: string },
  ): Promise<void> {
    const held = book.states.filter(({ status }) => ['confirmed', 'invited'].includes(status));
    const own = await tx.find(Recommender, { recommendationId: found(part.wholeId) });
    const rows = own.filter(({ iso3 }) => held.some(({ state }) => state === iso3));
    await tx.insert(Recommendation, part);
    await tx.insert(
      Recommender,
      rows.map((each) => ({ ...each, id: randomUUID(), recommendationId: part.id })),
    );
    const after = begin(held, { kind: 'split', by, reason: null, text });
    await keepBook(tx, { row: part, before: { ...after, wordings: [] }, after, at: tx.now });
  }
}

/** @throws Refused `already-split` for a whole in parts, and for a part */
function assertWhole({ row }: Opened): void {
  if (row.status === 'split' || row.wholeId !== null) throw new Refused('already-split');
  if (!['submitted', 'adopted'].includes(row.status)) {
    throw new Refused('wrong-stage', { status: row.status });
  }
}

/** The side through which the viewer asks or decides, where roles and stage allow it. */
function actor(tx: Tx, standing: Standing, act: Act, as?: string): string {
  assertMay(standing, act, 'submit');
  const { by } = found(ruleOf(itemRule(standing), act));
  return sideInRole(tx, standing, { by, as });
}

/** Those that were given, else the whole's own with a letter; none while it has none. */
function labelsFor(
  label: string | null,
  parts: number,
  given: readonly string[] | undefined,
): readonly string[] {
  if (given) {
    if (given.length !== parts)
      throw new Refused('invalid-content', { labels: given.length, parts });
    return given;
  }
  if (label === null) return [];
  return Array.from({ length: parts }, (_, index) => partLabel(label, index));
}
