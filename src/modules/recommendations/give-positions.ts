import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { PARTIES, stateSide, deskOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { append } from '../../platform/journal/journal.js';
import { expectVersion, Refused } from '../../platform/refused.js';
import { chosen, Engine, type Prepared, type Standing } from '../proceedings/index.js';
import { withdrawnOf } from '../record/index.js';
import { publishAdopted } from './publish-recommendations.js';
import { assertMay, itemRule, itemStanding } from './find-item.js';
import { Position } from './recommendations.entity.js';
import { presentPrepared } from './recommendations.presenter.js';
import {
  preparedPage,
  preparedPositions,
  tally,
  type RecommendationRow,
} from './recommendations.repository.js';
import type * as op from './positions.schemas.js';
import { sameWords } from './wordings.rules.js';

const sideOf = ({ proceeding }: Standing): string => stateSide(proceeding.subject);

/** Positions of the State under review: prepared in its desk, given together, revised until the end. */
@Injectable()
export class GivePositions {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  prepared({ viewer, params }: Input<typeof op.getPosition>) {
    return this.work.read(viewer, async (tx) => {
      const { row, standing } = await itemStanding(tx, this.engine, params.id);
      const { answeredBy } = itemRule(standing);
      if (!answeredBy.some((role) => standing.roles().includes(role))) {
        throw new Refused('wrong-role', { by: answeredBy });
      }
      const draft = { recommendationId: row.id, status: 'draft' as const };
      return presentPrepared(row.id, await tx.findOne(Position, draft));
    });
  }

  /** All that is prepared, as it would be given. */
  listPrepared({ viewer, params, query }: Input<typeof op.listPreparedPositions>) {
    return this.work.read(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id);
      const { answeredBy } = itemRule(standing);
      if (!answeredBy.some((role) => standing.roles().includes(role))) {
        throw new Refused('wrong-role', { by: answeredBy });
      }
      return readPage(tx, query, {
        key: [z.string(), instant, z.uuid()],
        rows: (reads, part) => preparedPage(reads, params.id, part),
        keyOf: (row) => [row.place, row.at.toISOString(), row.recommendationId],
        item: (row) => presentPrepared(row.recommendationId, row),
      });
    });
  }

  prepare({ viewer, params, body, ifMatch }: Input<typeof op.putPosition>) {
    return this.work.write(viewer, async (tx) => {
      const { row, standing } = await itemStanding(tx, this.engine, params.id, { lock: true });
      return this.prepareOne(tx, { row, standing }, body, ifMatch);
    });
  }

  /** Under the proceeding's lock. */
  async prepareOne(
    tx: Tx,
    { row, standing }: { row: RecommendationRow; standing: Standing },
    body: Input<typeof op.putPosition>['body'],
    version: number | undefined,
  ) {
    assertMay(standing, 'answer', 'prepare');
    if (!['submitted', 'adopted'].includes(row.status)) {
      throw new Refused('wrong-stage', { status: row.status });
    }
    const gone = (await withdrawnOf(tx, row.publicId))?.parts ?? [];
    const barred = (['statedPosition', 'comment'] as const).filter(
      (part) => gone.includes(part) && body[part] !== undefined,
    );
    if (barred.length > 0) throw new Refused('withdrawn', { parts: barred });
    const draft = { recommendationId: row.id, status: 'draft' as const };
    const was = await tx.findOne(Position, draft);
    expectVersion(version, was?.version ?? 0);
    const { values = [] } = standing.definition.responses ?? {};
    if (!values.includes(body.position)) {
      throw new Refused('position-unknown', { position: body.position, known: values });
    }
    const set = {
      position: body.position,
      statedPosition: body.statedPosition ?? null,
      comment: body.comment ?? null,
      preparedAt: tx.now,
      version: (was?.version ?? 0) + 1,
    };
    const compartment = deskOf(sideOf(standing));
    if (was) await tx.update(Position, { id: was.id, version: was.version }, set);
    else {
      await this.engine.joinSide(tx, standing, sideOf(standing));
      await tx.insert(Position, {
        id: randomUUID(),
        proceedingId: row.proceedingId,
        compartment,
        ...draft,
        givenIn: null,
        givenAt: null,
        ...set,
      });
    }
    const facts = { recommendationId: row.id };
    const place = { proceedingId: row.proceedingId, compartment };
    const happening = {
      ...place,
      what: 'position-prepared',
      by: sideOf(standing),
      at: tx.now,
      facts,
    };
    await append(tx, happening);
    return presentPrepared(row.id, await tx.findOne(Position, draft));
  }

  /** Every prepared position takes the place of the one given before, which is kept. */
  give({ viewer, params, body }: Input<typeof op.givePositions>) {
    const asked = body.items?.map(({ recommendationId: id, version }) => ({ id, version }));
    return this.work.write(viewer, async (tx) =>
      this.giveAll(tx, await this.engine.standing(tx, params.id, { lock: true }), asked),
    );
  }

  /** Under the proceeding's lock: what was asked for alone, as it was read. */
  async giveAll(tx: Tx, standing: Standing, asked?: readonly Prepared[]) {
    const { id } = standing.proceeding;
    assertMay(standing, 'answer', 'submit');
    const drafts = chosen(
      await preparedPositions(tx, id),
      asked,
      ({ recommendationId }) => recommendationId,
    );
    if (drafts.length === 0) throw new Refused('nothing-to-submit');
    const outdated = drafts.filter(
      ({ text, preparedOn }) => preparedOn !== null && !sameWords(text, preparedOn),
    );
    if (outdated.length > 0) {
      const recommendations = outdated.map(({ recommendationId }) => recommendationId);
      throw new Refused('wording-changed', { recommendations });
    }
    const givenIn = itemRule(standing).answeredInRoom.includes(standing.proceeding.status)
      ? 'room'
      : 'writing';
    let revised = 0;
    for (const draft of drafts) revised += await this.replace(tx, draft, givenIn);
    const { unanswered } = await tally(tx, id);
    const happening = {
      proceedingId: id,
      compartment: PARTIES,
      what: 'positions-given',
      by: sideOf(standing),
      at: tx.now,
      facts: { given: drafts.length, revised, unanswered, in: givenIn },
    };
    await append(tx, happening);
    if (givenIn === 'writing') {
      await tx.asProcedure(id, () => publishAdopted(tx, standing.proceeding));
    }
    return { given: drafts.length, revised, unanswered };
  }

  private async replace(tx: Tx, draft: Position, givenIn: string): Promise<number> {
    const standing = { recommendationId: draft.recommendationId, status: 'given' as const };
    const revised = await tx.update(Position, standing, { status: 'superseded' });
    await tx.update(
      Position,
      { id: draft.id, version: draft.version },
      { status: 'given', compartment: PARTIES, givenIn, givenAt: tx.now },
    );
    return revised;
  }
}
