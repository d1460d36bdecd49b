import type { Definition } from '../../kernel/definition.js';
import type { Tx } from '../../platform/database/tx.js';
import { StageEntry } from './proceedings.entity.js';

/**
 * The stages that a proceeding has entered since it last stood at its beginning, in order: one that
 * is resumed goes through them anew, and what was done on the way before is not done yet.
 */
export async function currentEntries(
  tx: Tx,
  proceedingId: string,
  { start }: Pick<Definition, 'start'>,
): Promise<StageEntry[]> {
  const entries = await tx.find(StageEntry, { proceedingId }, { order: { n: 'ASC' } });
  return entries.slice(
    Math.max(
      0,
      entries.findLastIndex(({ stage }) => stage === start),
    ),
  );
}
