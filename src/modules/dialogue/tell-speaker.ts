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
  /** The sides that it asks, or tells what became of what is theirs. */
  readonly asked?: readonly string[];
  readonly facts?: EntryFacts;
}

/**
 * The journal keeps what happened with a speaker, and on which list: no words of anybody, and no
 * side where that was withdrawn, for a chain cannot forget.
 */
export async function tell(
  tx: Tx,
  { id, proceedingId, compartment, list, publicId }: Speaker,
  { what, by, side = by, asked, facts = {} }: Told,
): Promise<void> {
  const names = await namedOf(tx, { publicId });
  await append(tx, {
    proceedingId,
    compartment,
    what,
    by: names(by),
    ...(side !== by && { onBehalfOf: names(side) }),
    at: tx.now,
    facts: {
      speakerId: id,
      list,
      ...facts,
      ...(asked && { asked: asked.filter((name) => names(name) === name) }),
    },
  });
}

/** How sides are named in an entry about a speaker: by nothing where its own was withdrawn. */
export async function namedOf(
  tx: Tx,
  { publicId }: Pick<Speaker, 'publicId'>,
): Promise<(name: string) => string> {
  const hidden = hidesAuthor(await withdrawnOf(tx, publicId));
  return (name) => (hidden && isSide(name) ? MASK : name);
}

const isSide = (name: string): boolean => name.includes(':');
