import type { Tx } from '../../platform/database/tx.js';
import { append, type EntryFacts } from '../../platform/journal/journal.js';
import { hidesAuthor, MASK, withdrawnOf } from '../record/index.js';
import type { Speaker } from './dialogue.entity.js';

interface Told {
  readonly what: string;
  /** A side, or the role of who keeps the list. */
  readonly by: string;
  /** Whose it is, where somebody else acted. */
  readonly side?: string;
  readonly facts?: EntryFacts;
}

/**
 * The journal keeps what happened with a speaker, and on which list: no words of anybody, and no
 * side where that was withdrawn, for a chain cannot forget.
 */
export async function tell(
  tx: Tx,
  { id, proceedingId, compartment, list, publicId }: Speaker,
  { what, by, side = by, facts = {} }: Told,
): Promise<void> {
  const hidden = hidesAuthor(await withdrawnOf(tx, publicId));
  await append(tx, {
    proceedingId,
    compartment,
    what,
    by: hidden && isSide(by) ? MASK : by,
    ...(side !== by && !hidden && { onBehalfOf: side }),
    at: tx.now,
    facts: { speakerId: id, list, ...facts },
  });
}

const isSide = (name: string): boolean => name.includes(':');
