import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { PARTIES, stateSide, stateOf, deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { assertKnown } from '../../platform/http/validation.js';
import { append, type Happening } from '../../platform/journal/journal.js';
import { expectVersion, found, Refused, raise } from '../../platform/refused.js';
import { namedIn } from '../documents/index.js';
import {
  askSides,
  assertFiler,
  assertStateFilter,
  assertStates,
  chooseSeat,
  Engine,
  filingSide,
  isMine,
  type Standing,
} from '../proceedings/index.js';
import { withdrawnOf } from '../record/index.js';
import { itemRule, itemStanding, swap } from './find-item.js';
import { keepBook, readBook } from './keep-book.js';
import { ReadWords } from './read-words.js';
import { Recommendation, Recommender } from './recommendations.entity.js';
import { presentRecommendation } from './recommendations.presenter.js';
import * as items from './recommendations.repository.js';
import { coStatesRefused } from './recommendations.rules.js';
import type * as op from './recommendations.schemas.js';
import { showRecommendation } from './show-recommendation.js';
import { begin, confirm, decline, invitedIn, isRefusal } from './wordings.rules.js';

/** Recommendations, from the desk of a delegation to the list of the report. */
@Injectable()
export class RecommendationsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly words: ReadWords,
  ) {}

  create({ viewer, params, body }: Input<typeof op.createRecommendation>) {
    return this.work.write(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id);
      const rule = itemRule(standing);
      const { onBehalfOf } = body;
      const { by } = rule;
      const { side, filedBy } = await filingSide(tx, standing, {
        by,
        as: body.as,
        onBehalfOf,
        permission: 'prepare',
      });
      const { status } = standing.proceeding;
      if (!rule.during.includes(status)) {
        throw new Refused('wrong-stage', { status, during: rule.during });
      }
      await this.engine.joinSide(tx, standing, filedBy);
      const row: Recommendation = {
        id: randomUUID(),
        proceedingId: params.id,
        compartment: deskOf(filedBy),
        side,
        filedBy,
        text: body.text,
        label: null,
        labelOrder: null,
        status: 'draft',
        createdAt: tx.now,
        submittedAt: null,
        publicId: null,
        classification: null,
        repeatOf: null,
        version: 1,
        wording: 1,
        wholeId: null,
        part: null,
      };
      await tx.insert(Recommendation, row);
      await this.name(tx, row, standing, body.with);
      await record(tx, row, 'recommendation-begun', { by: filedBy });
      return showRecommendation(tx, standing, row.id);
    });
  }

  list({ viewer, params, query }: Input<typeof op.listRecommendations>) {
    return this.work.read(viewer, async (tx) => {
      const { proceeding } = await this.engine.standing(tx, params.id);
      await assertStateFilter(tx, 'recommendingState', query.recommendingState);
      const { recommendingState, status, category, theme } = query;
      assertKnown('category', category, this.words.codes(proceeding.mechanism, 'category'));
      assertKnown('theme', theme, this.words.codes(proceeding.mechanism, 'themes'));
      const filter = { proceedingId: params.id, recommendingState, status, category, theme };
      return readPage(tx, query, {
        key: [z.string(), instant, z.uuid()],
        rows: async (reads, part) =>
          items.authored(tx, await items.recommendationPage(reads, { ...filter, ...part })),
        keyOf: (row) => [
          row.labelOrder ?? '~',
          (row.submittedAt ?? row.createdAt).toISOString(),
          row.id,
        ],
        item: (row) => presentRecommendation(row, isMine(tx, row)),
      });
    });
  }

  get({ viewer, params }: Input<typeof op.getRecommendation>) {
    return this.work.read(viewer, async (tx) => {
      const { row, standing } = await itemStanding(tx, this.engine, params.id);
      return showRecommendation(tx, standing, row.id);
    });
  }

  edit({ viewer, params, body, ifMatch }: Input<typeof op.editRecommendation>) {
    return this.work.write(viewer, async (tx) => {
      const { row, standing } = await itemStanding(tx, this.engine, params.id, { lock: true });
      expectVersion(ifMatch, row.version);
      assertFiler(tx, row, 'prepare');
      if (row.status !== 'draft') throw new Refused('already-submitted', { status: row.status });
      await swap(tx, row, body.text === undefined ? {} : { text: body.text });
      if (body.with) {
        await tx.rows('DELETE FROM casework.recommender WHERE recommendation_id = $1', [row.id]);
        await this.name(tx, row, standing, body.with);
      }
      await record(tx, row, 'recommendation-edited', { by: row.filedBy });
      return showRecommendation(tx, standing, row.id);
    });
  }

  submit({ viewer, params, ifMatch }: Input<typeof op.submitRecommendation>) {
    return this.work.write(viewer, async (tx) => {
      const { row, standing } = await itemStanding(tx, this.engine, params.id, { lock: true });
      expectVersion(ifMatch, row.version);
      assertFiler(tx, row, 'submit');
      if (row.status !== 'draft') throw new Refused('already-submitted', { status: row.status });
      const { during } = itemRule(standing);
      const { status } = standing.proceeding;
      if (!during.includes(status)) throw new Refused('wrong-stage', { status, during });
      const made = { compartment: PARTIES, status: 'submitted' as const, submittedAt: tx.now };
      await swap(tx, row, made);
      const told = { ...row, compartment: PARTIES };
      await this.words.read(tx, standing.proceeding, told);
      const named = namedIn(row, await withdrawnOf(tx, row.publicId));
      await record(tx, told, 'recommendation-made', named);
      const invited = await tx.asProcedure(row.proceedingId, () => this.begin(tx, row));
      const asked = { ...named, what: 'invited-to-recommend', facts: { recommendationId: row.id } };
      await askSides(tx, this.engine, standing, { sides: invited.map(stateSide), ...asked });
      // When it was begun is in the answer, for who filed it.
      tx.keepAnswerIn({ proceedingId: row.proceedingId, compartment: deskOf(row.filedBy) });
      return showRecommendation(tx, standing, row.id);
    });
  }

  /** A State confirms for itself, or declines; nobody does it for another. */
  confirm({ viewer, params, body }: Input<typeof op.confirmRecommendation>) {
    return this.work.write(viewer, async (tx) => {
      const { row, standing } = await itemStanding(tx, this.engine, params.id, { lock: true });
      const sidesOf = (states: readonly { state: string }[]) =>
        states.map(({ state }) => stateSide(state));
      const by = sidesOf(row.recommendingStates);
      const invited = sidesOf(row.recommendingStates.filter((each) => each.status === 'invited'));
      const mine = viewer.seats.filter(({ side }) => by.includes(side));
      const open = mine.filter(({ side }) => invited.includes(side));
      if (mine.length > 0 && open.length === 0) throw new Refused('already-given');
      const seat = chooseSeat(open, { by, as: body.as, permission: 'submit' });
      if (row.status !== 'submitted') throw new Refused('wrong-stage', { status: row.status });
      const iso3 = found(stateOf(seat.side));
      const before = await tx.asProcedure(row.proceedingId, () => readBook(tx, row));
      const after = body.confirm ? confirm(before, iso3, body.wording) : decline(before, iso3);
      if (isRefusal(after)) throw new Refused(after.code, after.facts);
      const what = body.confirm ? 'recommendation-confirmed' : 'recommendation-declined';
      await record(tx, row, what, { by: seat.side, asked: [row.side] });
      await tx.asProcedure(row.proceedingId, () =>
        keepBook(tx, { row, before, after, at: tx.now }),
      );
      return showRecommendation(tx, standing, row.id);
    });
  }

  /** The first of its texts, under which the State that made it stands. @returns who is invited to */
  private async begin(tx: Tx, row: Recommendation): Promise<string[]> {
    const before = await readBook(tx, row);
    const own = stateOf(row.side);
    const after = begin(
      before.states.map((each) => (each.state === own ? { ...each, status: 'confirmed' } : each)),
      { kind: 'made', by: row.side, reason: null, text: row.text },
    );
    await keepBook(tx, { row, before, after, at: tx.now });
    return invitedIn(after);
  }

  private async name(tx: Tx, row: Recommendation, standing: Standing, others: readonly string[]) {
    const own = found(stateOf(row.side));
    raise(coStatesRefused(others, { own, subject: standing.proceeding.subject }));
    await assertStates(tx, others);
    const { proceedingId, compartment, id: recommendationId } = row;
    await tx.insert(
      Recommender,
      [own, ...others].map((iso3) => ({
        id: randomUUID(),
        proceedingId,
        compartment,
        recommendationId,
        iso3,
        status: 'invited' as const,
        confirmedAt: null,
        withdrawnAt: null,
      })),
    );
  }
}

/** The journal keeps that it happened, never the words. */
function record(
  tx: Tx,
  row: Pick<Recommendation, 'id' | 'proceedingId' | 'compartment'>,
  what: string,
  {
    asked,
    ...named
  }: Pick<Happening, 'by' | 'onBehalfOf'> & { readonly asked?: readonly string[] },
): Promise<void> {
  const happening: Happening = {
    proceedingId: row.proceedingId,
    compartment: row.compartment,
    what,
    ...named,
    at: tx.now,
    facts: { recommendationId: row.id, ...(asked && { asked }) },
  };
  return append(tx, happening);
}
