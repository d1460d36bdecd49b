import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { secretariatSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { instant } from '../../platform/http/fields.js';
import type { Input } from '../../platform/http/operation.js';
import { readPage } from '../../platform/http/paging.js';
import { found, Refused } from '../../platform/refused.js';
import { Session } from '../calendar/index.js';
import { Engine, Parts } from '../proceedings/index.js';
import { presentAtDesk, type AtDesk } from './desk.presenter.js';
import {
  deadlinesIn,
  placedReviews,
  translationsIn,
  type PlacedReview,
} from './desk.repository.js';
import type * as op from './desk.schemas.js';

/** A session at a glance, in so many statements however many reviews it has. */
@Injectable()
export class ShowDesk {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly parts: Parts,
  ) {}

  run({ viewer, params, query }: Input<typeof op.showDesk>) {
    return this.work.read(viewer, async (tx) => {
      const { mechanism } = found(await tx.findOne(Session, { id: params.id }));
      const side = secretariatSide(mechanism);
      if (!viewer.seats.some((seat) => seat.side === side)) {
        throw new Refused('forbidden', { needs: side });
      }
      return readPage(tx, query, {
        key: [instant, z.uuid()],
        rows: async (reads, part) => this.lookInto(tx, await placedReviews(reads, params.id, part)),
        keyOf: ({ review }) => [review.starts.toISOString(), review.id],
        item: presentAtDesk,
      });
    });
  }

  /** What belongs to reviews that the viewer was shown; what they may do is asked of the procedures. */
  private async lookInto(tx: Tx, reviews: readonly PlacedReview[]): Promise<AtDesk[]> {
    if (reviews.length === 0) return [];
    const ids = reviews.map(({ id }) => id);
    const standings = await this.engine.standings(tx, reviews);
    const deadlines = await deadlinesIn(tx, ids);
    const documents = await translationsIn(tx, ids);
    const facts = await tx.asProcedures(ids, () => this.parts.factsOf(tx, reviews));
    return reviews.map((review, index) => {
      const standing = standings[index]!;
      const own = ({ proceedingId }: { readonly proceedingId: string }) =>
        proceedingId === review.id;
      const ground = {
        definition: standing.definition,
        status: review.status,
        facts: facts.get(review.id)!,
        deadlines: deadlines.filter(own),
        now: tx.now,
        roles: standing.roles('submit'),
      };
      return { review, ground, documents: documents.filter(own) };
    });
  }
}
