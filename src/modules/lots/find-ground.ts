import type { Tx } from '../../platform/database/tx.js';
import { found, Refused } from '../../platform/refused.js';
import { Session, Slot } from '../calendar/index.js';
import { lockStandings, type Engine, type Standing } from '../proceedings/index.js';
import type { Lot } from './lots.entity.js';

/** What a lot is for, all of it held until the end of the transaction. */
export interface Ground {
  readonly session: Session;
  /** The State whose review it is for; null: the whole session. */
  readonly state: string | null;
  /** The review, or all that are open in the session, by State. */
  readonly reviews: readonly Standing[];
  /** In whose case the lot lies: the first of them. */
  readonly home: Standing;
}

/** @throws Refused `not-found` */
export async function groundOfReview(tx: Tx, engine: Engine, id: string): Promise<Ground> {
  const home = await engine.standing(tx, id, { lock: true });
  const slot = found(await tx.findOne(Slot, { id: found(home.proceeding.slotId) }));
  const session = found(await tx.findOne(Session, { id: slot.sessionId }));
  return { session, state: home.proceeding.subject, reviews: [home], home };
}

/** @throws Refused `not-found`, or `no-review-open` */
export async function groundOfSession(tx: Tx, engine: Engine, id: string): Promise<Ground> {
  found(await tx.findOne(Session, { id }));
  const reviews = await lockStandings(tx, engine, id);
  const session = found(await tx.findOne(Session, { id }));
  const [home] = reviews;
  if (!home) throw new Refused('no-review-open', { session: session.number });
  return { session, state: null, reviews, home };
}

/** A lot stays in the case that it was announced in, whichever reviews were opened since. */
export async function groundOfLot(tx: Tx, engine: Engine, lot: Lot): Promise<Ground> {
  if (lot.state !== null) return groundOfReview(tx, engine, lot.proceedingId);
  const ground = await groundOfSession(tx, engine, lot.sessionId);
  const home = ground.reviews.find(({ proceeding }) => proceeding.id === lot.proceedingId);
  return { ...ground, home: found(home) };
}

/**
 * Runs a part as the procedure of one of the reviews. What a session draws binds those too that the
 * viewer may not see.
 */
export function asReview<T>(
  tx: Tx,
  { state }: Ground,
  { proceeding }: Standing,
  work: () => Promise<T>,
): Promise<T> {
  const inside = (): Promise<T> => tx.asProcedure(proceeding.id, work);
  return state === null ? tx.asClock(inside) : inside();
}

/** The reviews that a draw concerns: those it names, or all. */
export const concerned = (
  { reviews }: Ground,
  rounds: readonly { readonly for: string | null }[],
): Standing[] =>
  reviews.filter(({ proceeding }) =>
    rounds.some((round) => round.for === null || round.for === proceeding.subject),
  );
