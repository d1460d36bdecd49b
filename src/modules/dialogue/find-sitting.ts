import type { Tx } from '../../platform/database/tx.js';
import { found, Refused } from '../../platform/refused.js';
import { calendarOf, type Standing } from '../proceedings/index.js';
import { listsOf, type ListRules, type Occasion } from './lists.rules.js';
import type { Sitting } from './statements.rules.js';

/** An occasion on which statements are made, and its lists. */
interface SittingFound extends Sitting {
  readonly endsAt: Date | null;
  readonly lists: readonly ListRules[];
}

/** @throws Refused `not-offered` where the procedure has no list for the occasion */
export async function sittingOf(
  tx: Tx,
  { proceeding, definition }: Standing,
  occasion: Occasion,
): Promise<SittingFound> {
  const lists = listsOf(definition, occasion);
  const [first] = lists;
  if (!first) throw new Refused('not-offered', { occasion });
  const { slot } = found(await calendarOf(tx, found(proceeding.slotId)));
  const dialogue = occasion === 'dialogue';
  return {
    definition,
    status: proceeding.status,
    until: first.until,
    startsAt: dialogue ? slot.starts : slot.outcomeStarts,
    endsAt: dialogue ? slot.ends : null,
    lists,
  };
}
