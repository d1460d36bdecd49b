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
  const known = listsOf(definition, occasion);
  const [rules] = known;
  if (!rules || subjectSeconds(definition, occasion) === undefined) return undefined;
  const lists = known.map(({ list }) => list);
  const where = { proceedingId: proceeding.id };
  const all = await tx.find(Speaker, where, { order: { beganAt: 'ASC' } });
  const made = all.filter(({ list, endedAt }) => lists.includes(list) && endedAt !== null);
  const spoke = made.find(({ part, list }) => part !== null && list === occasion);
  return { spokeAt: spoke?.beganAt ?? null, recorded: made.length > 0, until: rules.until };
}
