import type { Definition } from '../../kernel/definition.js';
import type { Tx } from '../../platform/database/tx.js';
import { found } from '../../platform/refused.js';
import type { Slot } from '../calendar/index.js';
import type { Engine } from './engine.service.js';
import { DIALOGUE_ENDED } from './gather-calendar.js';
import { StageEntry } from './proceedings.entity.js';
import { lockProceeding, proceedingsOfSlots } from './proceedings.repository.js';

/** Moves that are made when the dialogue is over: they ask for its end. */
const movesAfterDialogue = ({ moves }: Definition): string[] =>
  moves
    .filter(({ requires }) =>
      requires.some((atom) =>
        ('any' in atom ? atom.any : [atom]).some(({ fact }) => fact === DIALOGUE_ENDED),
      ),
    )
    .map(({ move }) => move);

/** By their ids those places in which the dialogue was held, under the locks of their proceedings. */
export const slotsHeld = (
  tx: Tx,
  engine: Engine,
  slots: readonly Pick<Slot, 'id'>[],
): Promise<ReadonlySet<string>> =>
  tx.asClock(async () => {
    const ids = slots.map(({ id }) => id);
    const held = new Set<string>();
    for (const id of await proceedingsOfSlots(tx, ids)) {
      const proceeding = found(await lockProceeding(tx, id));
      const after = movesAfterDialogue(engine.definitionOf(proceeding));
      const entries = await tx.find(StageEntry, { proceedingId: id });
      const over = entries.some(({ move }) => move !== null && after.includes(move));
      if (over && !proceeding.test && proceeding.slotId) held.add(proceeding.slotId);
    }
    return held;
  });
