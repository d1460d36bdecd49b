// The server written by hand, in a process of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { guard } from '../scripts/guard.mjs';

const program = fileURLToPath(new URL('bare-server.mjs', import.meta.url));

/** @returns {Promise<{url: string, stop: () => Promise<void>}>} */
export async function startBare({ databaseUrl, files }) {
  const env = { ...process.env, BENCH_DATABASE_URL: databaseUrl, BENCH_FILES: files };
  const child = fork(program, [], { env });
  guard(child, 'SIGTERM');
  const [{ port }] = await once(child, 'message');
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
