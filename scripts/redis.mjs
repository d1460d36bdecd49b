// A private Redis for the tests: from the PATH, or from Debian's packages unpacked in a folder of
// ours. Nothing is installed on the system.
import net from 'node:net';
import path from 'node:path';
import { environmentOf, onPath, unpack } from './debian.mjs';
import { startProcess, tryPort, waitUntilReady } from './server-process.mjs';

const howToGetIt = 'install redis-server or valkey-server, or set TEST_REDIS_URL';

/** The server's program and the environment it needs. Rejects with the reason where there is none. */
async function redisProgram(tree) {
  const found = onPath('redis-server') ?? onPath('valkey-server');
  if (found) return { program: found, env: process.env };
  const program = path.join('usr', 'bin', 'redis-server');
  await unpack('redis-server', { tree, program });
  return { program: path.join(tree, program), env: environmentOf(tree) };
}

/** Whether a Redis answers PING there. */
const answers = (port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('error', () => resolve(false));
    socket.once('data', (reply) => {
      socket.destroy();
      resolve(reply.toString().startsWith('+PONG'));
    });
  });

/**
 * Starts an empty Redis on loopback that keeps nothing. `dir` is for its log, `tree` is where
 * Debian's packages are unpacked when no server is on the PATH; `port` any free one, unless given.
 * @returns {Promise<{url: string, stop: () => Promise<void>} | {url: null, reason: string}>}
 */
export async function startRedis({ dir, tree, port = 0 }) {
  try {
    const { program, env } = await redisProgram(tree);
    const listens = await tryPort(port);
    const settings = { bind: '127.0.0.1', save: '', appendonly: 'no', databases: '64' };
    const args = Object.entries({ port: listens, ...settings, 'maxmemory-policy': 'noeviction' });
    const server = startProcess(
      program,
      args.flatMap(([name, value]) => [`--${name}`, String(value)]),
      { log: path.join(dir, 'log', 'redis.log'), env, cwd: dir },
    );
    await waitUntilReady('Redis', server, () => answers(listens), { timeoutMs: 10_000 });
    return { url: `redis://127.0.0.1:${listens}`, stop: server.stop };
  } catch (error) {
    return { url: null, reason: `${error.message} (${howToGetIt})` };
  }
}
