import { it } from '@jest/globals';
import { World } from '../factories/world.js';
import { Ledger } from './ledger.js';
it('x', async () => {
  const world = await World.build(); const l = await Ledger.open(world.api);
  await world.review('SVN'); await l.dump();
  const t = performance.now(); for (let i = 0; i < 20; i++) await l.dump();
  process.stdout.write(`${(performance.now() - t) / 20} ms\n`);
  await l.close(); await world.stop();
});
