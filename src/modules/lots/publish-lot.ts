import { CASE } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { append } from '../../platform/journal/journal.js';
import { publishPage } from '../proceedings/index.js';
import { publishLot } from '../record/index.js';
import { asReview, concerned, type Ground } from './find-ground.js';
import { Lot } from './lots.entity.js';
import { presentLot, publicLot } from './lots.presenter.js';
import { inputOf, keeperIn } from './lots.rules.js';

const EVENTS = {
  announced: { what: 'lot-announced' },
  drawn: { what: 'lot-drawn' },
  cancelled: { what: 'lot-cancelled' },
  'by-hand': { what: 'lot-recorded' },
} as const;

/**
 * Puts a lot as it stands into the record, and into the journal of every review that it concerns.
 * A rehearsal's is not published.
 */
export async function tellLot(tx: Tx, ground: Ground, lot: Lot): Promise<void> {
  await asReview(tx, ground, ground.home, async () => {
    const page = await publishPage(tx, ground.home.proceeding);
    if (page) await publishLot(tx, publicLot(lot, ground.session), page.id);
  });
  const { rounds } = inputOf(lot).draw;
  const event = EVENTS[lot.method === 'by-hand' ? 'by-hand' : lot.status];
  const by = keeperIn(ground.home)!;
  for (const standing of concerned(ground, rounds)) {
    const { id: proceedingId, subject } = standing.proceeding;
    const place = { proceedingId, compartment: CASE };
    const facts = factsOf(lot, subject);
    await asReview(tx, ground, standing, () =>
      append(tx, { ...place, ...event, by, at: tx.now, facts }),
    );
  }
}

/** What a chain can hold against the record: the promise, or what came of it for this State. */
function factsOf(lot: Lot, state: string) {
  const known = { lot: lot.id, purpose: lot.purpose };
  if (lot.status === 'cancelled') return known;
  if (lot.status === 'announced') {
    const knownFrom = lot.knownFrom!.toISOString();
    return { ...known, commitment: lot.commitment, input: lot.inputDigest, knownFrom };
  }
  const drawn = lot.result!.find((each) => each.for === null || each.for === state)!.drawn;
  return { ...known, drawn, ...(lot.drawnOn !== null && { on: lot.drawnOn }) };
}

/** As the answer to whoever has just dealt with it. */
export const presentFor = (tx: Tx, { session, home }: Ground, lot: Lot) =>
  presentLot(lot, {
    number: session.number,
    mechanism: session.mechanism,
    standing: home,
    now: tx.now,
  });
