import { Injectable } from '@nestjs/common';
import type { Refusal } from '../../kernel/refusal.js';
import { CASE } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { found, Refused } from '../../platform/refused.js';
import { Session } from '../calendar/index.js';
import { Engine, MoveProceeding } from '../proceedings/index.js';
import { placedReview } from './desk.repository.js';
import type * as op from './desk.schemas.js';

type Asked = Input<typeof op.moveReviews>;
type Item = Asked['body']['items'][number];

/** What became of one of them. */
interface Outcome {
  readonly reviewId: string;
  readonly made: boolean;
  readonly status: string | null;
  readonly version: number | null;
  readonly refused: Refusal | null;
}

/**
 * One move in several reviews. They have nothing to do with each other, so each is a transaction of
 * its own unless all are asked for together: then one refusal is the refusal of all.
 */
@Injectable()
export class MoveReviews {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly moves: MoveProceeding,
  ) {}

  async run(asked: Asked) {
    const { viewer, params, body } = asked;
    await this.work.read(viewer, async (tx) => found(await tx.findOne(Session, { id: params.id })));
    if (body.together) return this.all(asked);
    return this.work.writeEach(viewer, body.items, {
      keyOf: ({ reviewId }) => reviewId,
      placeOf: ({ reviewId }) => ({ proceedingId: reviewId, compartment: CASE }),
      work: (tx, item) => this.one(tx, asked, item),
      refused: ({ reviewId }, { code, facts }) => ({
        reviewId,
        made: false,
        status: null,
        version: null,
        refused: { code, facts },
      }),
      conclude,
    });
  }

  private all(asked: Asked) {
    return this.work.write(asked.viewer, async (tx) => {
      // All are held, in the order in which all hold them, before the first is moved.
      const items = asked.body.items.toSorted((a, b) => (a.reviewId < b.reviewId ? -1 : 1));
      for (const { reviewId } of items) await this.engine.standing(tx, reviewId, { lock: true });
      const moved: Outcome[] = [];
      for (const item of items) {
        try {
          moved.push(await this.one(tx, asked, item));
        } catch (error) {
          if (!(error instanceof Refused) || error.code === 'not-found') throw error;
          throw new Refused(error.code, { ...error.facts, reviewId: item.reviewId });
        }
      }
      return conclude(moved);
    });
  }

  /** As the review's own route does it; a review of another session is none of this one's. */
  private async one(
    tx: Tx,
    { params, body }: Asked,
    { reviewId, version }: Item,
  ): Promise<Outcome> {
    found(await placedReview(tx, params.id, reviewId));
    const { move, reason } = body;
    const now = await this.moves.move(tx, reviewId, { move, reason, ifMatch: version });
    return { reviewId, made: true, status: now.status, version: now.version, refused: null };
  }
}

const conclude = (outcomes: readonly Outcome[]) => ({
  outcomes: [...outcomes],
  made: outcomes.filter(({ made }) => made).length,
});
