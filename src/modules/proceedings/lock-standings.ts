import type { Tx } from '../../platform/database/tx.js';
import { lockSession, Slot } from '../calendar/index.js';
import type { Engine } from './engine.service.js';
import { proceedingsOfSlots } from './proceedings.repository.js';
import type { Standing } from './register-parts.js';

/**
 * Holds a session and every proceeding that has its place in it, in the order in which all lock
 * them; by State. Rehearsals are left out. What binds a session binds those too that the viewer
 * may not see: the clock looks them up, the roles stay the viewer's.
 */
export async function lockStandings(
  tx: Tx,
  engine: Engine,
  sessionId: string,
): Promise<Standing[]> {
  await lockSession(tx, sessionId);
  const slots = await tx.find(Slot, { sessionId });
  return tx.asClock(async () => {
    const ids = await proceedingsOfSlots(
      tx,
      slots.map(({ id }) => id),
    );
    const standings: Standing[] = [];
    for (const id of ids) standings.push(await engine.standing(tx, id, { lock: true }));
    return standings
      .filter(({ proceeding }) => !proceeding.test)
      .toSorted((a, b) => (a.proceeding.subject < b.proceeding.subject ? -1 : 1));
  });
}
