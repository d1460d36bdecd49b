// Runs a compiled command for operators on DATABASE_URL or, while the house is stopped, on its
// private PostgreSQL.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './command.mjs';
import { ensureBuilt, ensureInstalled } from './first-run.mjs';

/** The administrator's address, and how to let go of what was started for it. */
async function database() {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => {} };
  const { startPostgres } = await import('./postgres.mjs');
  const server = await startPostgres({ dir: path.join(root, '.data') });
  return { url: await server.adminUrl('comity'), stop: server.stop };
}

/** @returns {Promise<number>} its exit code; 2 where it ended without one */
export async function runOnDatabase(name, args = []) {
  await ensureInstalled();
  await ensureBuilt();
  const { url, stop } = await database();
  try {
    const command = path.join(root, 'dist', 'src', `${name}.js`);
    const env = { ...process.env, DATABASE_URL: url };
    const child = spawn(process.execPath, [command, ...args], { stdio: 'inherit', env });
    return await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 2)));
  } finally {
    await stop();
  }
}
