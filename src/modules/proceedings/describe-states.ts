import type { Tx } from '../../platform/database/tx.js';
import { Refused } from '../../platform/refused.js';
import { groupsOn, seatedOn, unknownStates } from '../directory/index.js';

/** What the directory says of some States, on a day (ISO date). */
interface StatesOn {
  /** Regional group by code; a State in none is left out. */
  readonly groups: ReadonlyMap<string, string>;
  /** Who sits on the body; undefined where nobody's term is on record. */
  readonly members: ReadonlySet<string> | undefined;
}

export const statesOn = async (
  tx: Tx,
  states: readonly string[],
  { body, day }: { body: string; day: string },
): Promise<StatesOn> => ({
  groups: await groupsOn(tx, states, day),
  members: await seatedOn(tx, body, day),
});

/** @throws Refused `unknown-state`, naming those that the directory does not have */
export async function assertStates(tx: Tx, states: readonly string[]): Promise<void> {
  const unknown = await unknownStates(tx, states);
  if (unknown.length > 0) throw new Refused('unknown-state', { unknown });
}
