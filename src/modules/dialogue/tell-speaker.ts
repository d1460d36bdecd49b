import type { Tx } from '../../platform/database/tx.js';
import { append, type EntryFacts } from '../../platform/journal/journal.js';
import type { Speaker } from './dialogue.entity.js';

interface Told {
  readonly what: string;
  readonly by: string;
  /** Whose it is, where somebody else acted. */
  readonly side?: string;
  readonly facts?: EntryFacts;
}

/** The journal keeps what happened with a speaker, and on which list: no words of anybody. */
export const tell = (
  tx: Tx,
  { id, proceedingId, compartment, list }: Speaker,
  { what, by, side = by, facts = {} }: Told,
): Promise<void> =>
  append(tx, {
    proceedingId,
    compartment,
    what,
    by,
    ...(side !== by && { onBehalfOf: side }),
    at: tx.now,
    facts: { speakerId: id, list, ...facts },
  });
