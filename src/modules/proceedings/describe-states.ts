import type { Tx } from '../../platform/database/tx.js';
import { Refused } from '../../platform/refused.js';
import { unknownStates } from '../directory/index.js';

/** @throws Refused `unknown-state`, naming those that the directory does not have */
export async function assertStates(tx: Tx, states: readonly string[]): Promise<void> {
  const unknown = await unknownStates(tx, states);
  if (unknown.length > 0) throw new Refused('unknown-state', { unknown });
}
