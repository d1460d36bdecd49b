import { stateOf, stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { Refused } from '../../platform/refused.js';
import type { DrawnList, SpeakersList as Lists } from '../lots/index.js';
import type { Engine, Standing } from '../proceedings/index.js';
import { SpeakersList } from './dialogue.entity.js';
import { speakersOf } from './dialogue.repository.js';
import { holdList } from './find-list.js';
import { listRulesOf, type ListName } from './lists.rules.js';
import { keepDraw } from './set-order.js';
import { drawNeeded, isClosed, isListed, isNameless, keyOf } from './speakers.rules.js';

/** What lots do with the lists that are kept here: who is drawn from, and what came of it. */
export const drawnLists = (engine: Engine): Lists => ({
  async registered(tx, review) {
    const on = await holdList(tx, engine, review.proceeding.id, 'plenary');
    const { rules, row, window } = on;
    if (!isClosed(row, window, tx.now)) throw new Refused('list-open', { list: rules.list });
    const { id } = review.proceeding;
    const listed = await tx.asProcedure(id, () => speakersOf(tx, id, [rules.list]));
    const pool = listed.filter(isListed);
    if (!drawNeeded(rules, row, pool.length)) throw new Refused('already-given');
    return pool.flatMap((speaker) => {
      const state = stateOf(speaker.side);
      return state !== undefined && speaker.nameless ? keyOf(speaker) : (state ?? []);
    });
  },
  drawn: (tx, review, { lot, drawn }) =>
    take(tx, review, 'plenary', {
      lot,
      drawn: drawn.map((key) => (isNameless(key) ? key : stateSide(key))),
    }),
  begins: (tx, review, list) => take(tx, review, 'dialogue', list),
});

/** What was drawn before, by hand, stands. As the procedure. */
async function take(
  tx: Tx,
  { proceeding, definition }: Standing,
  list: ListName,
  { lot, drawn }: DrawnList,
): Promise<void> {
  const rules = listRulesOf(definition, list);
  const row = await tx.findOne(SpeakersList, { proceedingId: proceeding.id, list });
  if (!rules || row?.drawn) return;
  await keepDraw(tx, proceeding, { rules, row, drawn, draw: { lot } });
}
