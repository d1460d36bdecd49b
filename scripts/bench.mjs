// npm run bench [-- --quick] [-- --json]: ratios against a server written by hand, from one run.
import { main } from './command.mjs';
import { ensureBuilt, ensureInstalled } from './first-run.mjs';

const started = Date.now();
const say = (text) =>
  console.error(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);

await main(async () => {
  await ensureInstalled(say);
  await ensureBuilt(say);
  const { bench } = await import('../bench/bench.mjs');
  return bench(process.argv.slice(2), say);
});
