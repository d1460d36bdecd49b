// npm run restore -- DIR: puts a backup in the place of a house that is not there yet.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { main, root, SetupError } from './command.mjs';
import { ensureInstalled } from './first-run.mjs';

const NEXT = `
Next:
  npm run verify-journal   every chain of the journal holds
  npm start                migrates, if this version is newer than the backup, and serves
If texts were withdrawn after the backup was made, withdraw them again before you open the house
to the public (docs/operating.md, "After a restore").`;

await main(async () => {
  await ensureInstalled();
  const { restore } = await import('./cold-copy.mjs');
  const { INIT_CWD, npm_lifecycle_event } = process.env;
  const from = (npm_lifecycle_event === 'restore' && INIT_CWD) || process.cwd();
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string' } },
  });
  if (positionals.length !== 1) throw new SetupError('npm run restore -- DIR [--data .data]');
  const source = path.resolve(from, positionals[0]);
  const dataDir = values.data ? path.resolve(from, values.data) : path.join(root, '.data');
  await restore({ source, dataDir, say: console.log });
  console.log(`Restored to ${dataDir}.${NEXT}`);
});
