// npm run backup -- DIR: copies the house, which must not run, into the new folder DIR.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { main, root, SetupError } from './command.mjs';
import { ensureInstalled } from './first-run.mjs';

await main(async () => {
  await ensureInstalled();
  const { backUp } = await import('./cold-copy.mjs');
  const { INIT_CWD, npm_lifecycle_event } = process.env;
  const from = (npm_lifecycle_event === 'backup' && INIT_CWD) || process.cwd();
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string' } },
  });
  if (positionals.length !== 1) throw new SetupError('npm run backup -- DIR [--data .data]');
  const target = path.resolve(from, positionals[0]);
  const dataDir = values.data ? path.resolve(from, values.data) : path.join(root, '.data');
  await backUp({ dataDir, target, say: console.log });
  console.log(`Backed up to ${target}. It holds secrets and confidential files: keep it closed.`);
});
