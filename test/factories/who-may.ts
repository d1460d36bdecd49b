import type { Client } from '../setup/api.js';
import { heldKey } from './fronts.js';
import type { World } from './world.js';

/** Who may ask for operations that are none of a secretariat’s, by their ids. */
export const whoMay = async (world: World): Promise<Readonly<Record<string, Client>>> => ({
  advanceClock: world.admin,
  createAccount: world.admin,
  listFailedJobs: world.admin,
  listPreparedPositions: await world.delegation('SVN'),
  renewCaseKey: await heldKey(world),
});
