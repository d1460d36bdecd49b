// npm run verify-journal: checks every chain of the journal, of DATABASE_URL or, while the house is
// stopped, of its private PostgreSQL. Exits 0 when all hold, 1 when one is broken, 2 otherwise.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { main, root } from './command.mjs';
import { ensureBuilt, ensureInstalled } from './first-run.mjs';

/** The administrator's address, and how to let go of what was started for it. */
async function database() {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => {} };
  const { startPostgres } = await import('./postgres.mjs');
  const server = await startPostgres({ dir: path.join(root, '.data') });
  return { url: await server.adminUrl('comity'), stop: server.stop };
}

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const { url, stop } = await database();
  try {
    const command = path.join(root, 'dist', 'src', 'verify-journal.js');
    const env = { ...process.env, DATABASE_URL: url };
    const child = spawn(process.execPath, [command], { stdio: 'inherit', env });
    return await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 2)));
  } finally {
    await stop();
  }
});
