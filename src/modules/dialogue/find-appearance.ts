import type { Tx } from '../../platform/database/tx.js';
import type { Standing } from '../proceedings/index.js';
import { Speaker } from './dialogue.entity.js';
import { listsOf, subjectSeconds, type Occasion } from './lists.rules.js';

/** Whether the State under review has spoken on an occasion, and until when it could. */
export interface Appearance {
  /** When it took the floor first, of what it has said. */
  readonly spokeAt: Date | null;
  /** Whether any statement of the occasion is on record. */
  readonly recorded: boolean;
  /** The move that ends the occasion. */
  readonly until: string;
}

/** Undefined where the procedure gives the State no time on that occasion. */
export async function appearanceOn(
  tx: Tx,
  { proceeding, definition }: Pick<Standing, 'proceeding' | 'definition'>,
  occasion: Occasion,
): Promise<Appearance | undefined> {
  const [rules] = listsOf(definition, occasion);
  if (!rules || subjectSeconds(definition, occasion) === undefined) return undefined;
  const lists = listsOf(definition, occasion).map(({ list }) => list);
  const all = await tx.find(Speaker, { proceedingId: proceeding.id });
  const recorded = all.some(({ list, endedAt }) => lists.includes(list) && endedAt !== null);
  const where = { proceedingId: proceeding.id, list: occasion };
  const speakers = await tx.find(Speaker, where, { order: { beganAt: 'ASC' } });
  const spoke = speakers.find(({ part, endedAt }) => part !== null && endedAt !== null);
  return { spokeAt: spoke?.beganAt ?? null, recorded, until: rules.until };
}
