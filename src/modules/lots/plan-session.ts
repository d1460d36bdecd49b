import type { Round } from '../../kernel/choices.js';
import { Refused } from '../../platform/refused.js';
import { Slot } from '../calendar/index.js';
import { initialsOfStates } from '../directory/index.js';
import type { RescheduleSession } from '../proceedings/index.js';
import type { Tx } from '../../platform/database/tx.js';
import { asReview, type Ground } from './find-ground.js';
import { latestDraw } from './lots.repository.js';
import type { DrawnList, Purpose, Purposes, Start } from './register-purposes.js';

const FREE: Round = { for: null, seats: 1, excluded: [], groupsTaken: [], groupForced: null };
const listed = (keys: readonly string[]) => keys.map((key) => ({ key, group: null }));

/** What is drawn once is not drawn again. */
async function assertUndrawn(tx: Tx, ground: Ground, purpose: string): Promise<void> {
  const { session, state, home } = ground;
  const where = { sessionId: session.id, state, purpose, proceedingId: home.proceeding.id };
  const drawn = () => latestDraw(tx, where);
  if (await (state === null ? tx.asClock(drawn) : drawn())) throw new Refused('already-given');
}

/** The order in which the States of a session are reviewed: each takes the place of its number. */
export const orderOfReview = (rescheduling: RescheduleSession): Purpose => ({
  purpose: 'order-of-review',
  scopes: ['session'],
  async plan(tx, ground) {
    await assertUndrawn(tx, ground, 'order-of-review');
    const slots = await slotsOf(tx, ground);
    const begun = slots.find(({ starts }) => starts <= tx.now);
    if (begun) throw new Refused('too-late', { starts: begun.starts.toISOString() });
    const pool = listed(slots.map(({ iso3 }) => iso3).toSorted());
    const rounds = [{ ...FREE, seats: pool.length }];
    return { algorithm: 'order', pool, rounds, balanced: false };
  },
  async apply(tx, ground, { result, basis }) {
    const places = await slotsOf(tx, ground);
    const slots = result[0]!.drawn.map((state, index) => {
      const { starts, ends, outcomeStarts } = places[index]!;
      return {
        state,
        starts: starts.toISOString(),
        ends: ends.toISOString(),
        outcomeStarts: outcomeStarts?.toISOString() ?? null,
      };
    });
    await rescheduling.replan(tx, ground.session, { reason: `Order of review, ${basis}`, slots });
  },
});

const slotsOf = (tx: Tx, { session }: Ground): Promise<Slot[]> =>
  tx.find(Slot, { sessionId: session.id }, { order: { starts: 'ASC', id: 'ASC' } });

/** The letter with which the lists of speakers of a session begin, where it has been drawn. */
export async function firstDrawn(tx: Tx, sessionId: string): Promise<Start | undefined> {
  const where = { sessionId, state: null, purpose: 'first-speaker' };
  const draw = await tx.asClock(() => latestDraw(tx, where));
  const letter = draw?.result[0]?.drawn[0];
  return draw && letter !== undefined ? { lot: draw.lot, drawn: [letter] } : undefined;
}

/** With which a list of speakers may begin: with a letter with which some State's name does. */
export const firstLetters = (tx: Tx): Promise<string[]> => initialsOfStates(tx);

/** The letter with which the lists of speakers begin, for whoever keeps them. */
export const firstSpeaker = (purposes: Purposes): Purpose => ({
  purpose: 'first-speaker',
  scopes: ['session'],
  async plan(tx, ground) {
    await assertUndrawn(tx, ground, 'first-speaker');
    const pool = listed(await firstLetters(tx));
    return { algorithm: 'first', pool, rounds: [FREE], balanced: false };
  },
  async apply(tx, ground, { lot, result }) {
    const list = { lot, drawn: result[0]!.drawn.slice(0, 1) };
    for (const review of ground.reviews) {
      await asReview(tx, ground, review, async () => purposes.speakers?.begins?.(tx, review, list));
    }
  },
});

/** Who speaks when the plenary considers an outcome, of those on a list, and in which order. */
const listSpeakers = (purposes: Purposes, purpose: string, list: DrawnList['list']): Purpose => ({
  purpose,
  scopes: ['review'],
  async plan(tx, ground) {
    const most = ground.home.definition.parameters[`${list}.speakers`];
    const lists = purposes.speakers;
    if (typeof most !== 'number' || !lists) throw new Refused('lot-not-offered', { purpose });
    await assertUndrawn(tx, ground, purpose);
    const { keys, seats } = await lists.registered(tx, ground.home, list);
    const pool = listed(keys.toSorted());
    return { algorithm: 'order', pool, rounds: [{ ...FREE, seats }], balanced: false };
  },
  async apply(tx, { home }, { lot, result }) {
    const drawn = { list, lot, drawn: result[0]!.drawn };
    await tx.asProcedure(home.proceeding.id, async () =>
      purposes.speakers?.drawn?.(tx, home, drawn),
    );
  },
});

export const plenarySpeakers = (purposes: Purposes): Purpose =>
  listSpeakers(purposes, 'plenary-speakers', 'plenary');

export const organizationSpeakers = (purposes: Purposes): Purpose =>
  listSpeakers(purposes, 'plenary-organizations', 'stakeholders');
