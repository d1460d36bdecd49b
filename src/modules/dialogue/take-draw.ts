import { stateOf } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { Refused } from '../../platform/refused.js';
import type { SpeakersList as Lists, Start } from '../lots/index.js';
import type { Engine, Standing } from '../proceedings/index.js';
import { SpeakersList } from './dialogue.entity.js';
import { speakersOf, type SpeakerRow } from './dialogue.repository.js';
import { holdList } from './find-list.js';
import { listRulesOf, type ListName } from './lists.rules.js';
import { candidatesOf, keepDraw } from './set-order.js';
import { drawNeeded, isClosed, isListed, keyOf, namelessKey, seatsOf } from './speakers.rules.js';

/** By what a lot names somebody: it can forget nobody, and who is in danger may be withdrawn later. */
const lotKey = ({ id, side, nameless }: SpeakerRow): string =>
  (nameless ? undefined : stateOf(side)) ?? namelessKey(id);

/** What lots do with the lists that are kept here: who is drawn from, and what came of it. */
export const drawnLists = (engine: Engine): Lists => ({
  async registered(tx, review, list) {
    const on = await holdList(tx, engine, review.proceeding.id, list);
    const { rules, row, window } = on;
    if (!isClosed(row, window, tx.now)) throw new Refused('list-open', { list });
    const { id } = review.proceeding;
    const all = await tx.asProcedure(id, () => speakersOf(tx, id, [list]));
    const speakers = all.filter(isListed);
    if (!drawNeeded(rules, row, speakers.length)) throw new Refused('already-given');
    const candidates = candidatesOf(speakers);
    const pool = speakers.filter((_, index) => !candidates[index]!.first);
    return { keys: pool.map(lotKey), seats: seatsOf(rules, candidates) };
  },
  async drawn(tx, review, { list, lot, drawn }) {
    const speakers = await speakersOf(tx, review.proceeding.id, [list]);
    const keys = drawn.map((key) => {
      const speaker = speakers.find((each) => lotKey(each) === key);
      return speaker ? keyOf(speaker) : key;
    });
    await take(tx, review, list, { lot, drawn: keys });
  },
  begins: (tx, review, start) => take(tx, review, 'dialogue', start),
});

/** What was drawn before, by hand, stands. As the procedure. */
async function take(
  tx: Tx,
  { proceeding, definition }: Standing,
  list: ListName,
  { lot, drawn }: Start,
): Promise<void> {
  const rules = listRulesOf(definition, list);
  const row = await tx.findOne(SpeakersList, { proceedingId: proceeding.id, list });
  if (!rules || row?.drawn) return;
  await keepDraw(tx, proceeding, { rules, row, drawn, draw: { lot } });
}
