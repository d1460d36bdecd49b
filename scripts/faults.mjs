// npm run faults: letters arrive though everything breaks on the way, counted.
import { main } from './command.mjs';
import { ensureBuilt, ensureInstalled } from './first-run.mjs';

const started = Date.now();
const say = (text) =>
  console.error(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);

await main(async () => {
  await ensureInstalled(say);
  await ensureBuilt(say);
  const { faults } = await import('../faults/faults.mjs');
  return faults(process.argv.slice(2), say);
});
